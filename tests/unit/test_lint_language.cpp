#include "lint/language.hpp"

#include <doctest/doctest.h>

#include <string_view>

using oidcgen::lint::language_of;

TEST_CASE("language_of: by the ending of the name") {
    CHECK(language_of("photos.nix", "") == "Nix");
    CHECK(language_of("site/main.tf", "x: 1") == "HCL (Terraform)");
    CHECK(language_of("site.toml", "") == "TOML");
    CHECK(language_of("photos.yml", "").empty());
    CHECK(language_of("nix", "").empty());
}

TEST_CASE("language_of: by how the text begins") {
    CHECK(language_of("-", "# photos\n{ config, lib, ... }:\n\n{\n  services.photos.enable = true;\n}\n") == "Nix");
    CHECK(language_of("-", "let\n  name = \"x\";\nin {\n}\n") == "Nix");
    CHECK(language_of("-", "{\n  config,\n  ...\n}:\n{\n  services = {\n") == "Nix");
    CHECK(language_of("-", "resource \"client\" \"photos\" {\n  name = \"x\"\n}\n") == "HCL (Terraform)");
    CHECK(language_of("-", "[oauth]\nenabled = true\n") == "TOML");
    CHECK(language_of("-", "[[clients]]\nid = \"x\"\n") == "TOML");
}

TEST_CASE("language_of: YAML and JSON") {
    for (const std::string_view text : {
             "oauth:\n  enabled: true\n",
             "{\n  \"oauth\": {\n    \"scope\": \"a = b;\"\n  }\n}\n",
             "{\"a = b\": 1}\n",
             "[1, 2]\n",
             "- a = b\n",
             "data:\n  a: b = c;\n",
             "let: 1\n",
             "a = b\n",
             "{{ x }}\na: |\n  b = c;\n",
             "",
         }) {
        CAPTURE(text);
        CHECK(language_of("photos.yml", text).empty());
    }
}
