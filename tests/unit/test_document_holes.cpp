#include "document/holes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace oidcgen::document;

TEST_CASE("holes: where they are, and what they are called") {
    const auto found = [](std::string_view text) {
        std::string result;
        for (const auto& hole : holes(text, PlaceholderUse::secret_or_address)) {
            result += std::string(text.substr(hole.start, hole.end - hole.start)) + "=" + std::string(hole.name) + ";";
        }
        return result;
    };
    CHECK(found("https://photos.${DOMAIN}/auth/login") == "${DOMAIN}=DOMAIN;");
    CHECK(found("https://${A}.${B:-x.org}/") == "${A}=A;${B:-x.org}=B;");
    CHECK(found("https://{{ .Values.host }}/{{- env \"X\" -}}") ==
          "{{ .Values.host }}=.Values.host;{{- env \"X\" -}}=env \"X\";");
    CHECK(found("$NAME") == "$NAME=NAME;");
    CHECK(found(" CHANGEME ") == "CHANGEME=CHANGEME;");
    CHECK(found("${A:-${B}}") == "${A:-${B}}=A;");
    CHECK(found("${A:0:3}") == "${A:0:3}=A:0:3;");
    CHECK(found("${vault:a#b}") == "${vault:a#b}=vault:a#b;");
    CHECK(found("${site.a-b}") == "${site.a-b}=site.a-b;");
    CHECK(found("https://__AA__.@BB@/%%C%%/#{D}#/((E))") == "__AA__=AA;@BB@=BB;%%C%%=C;#{D}#=D;((E))=E;");
    CHECK(found("https://photos.<your-domain>/") == "<your-domain>=your-domain;");
    CHECK(found("https://photos.$AA/$BB") == "$AA=AA;$BB=BB;");
    CHECK(found("$(A).$(B)") == "$(A)=A;$(B)=B;");
    CHECK(found("{{`{{ secret \"/x\" }}`}}") == "{{`{{ secret \"/x\" }}`}}=`{{ secret \"/x\" }}`;");
    CHECK(found("op://vault/item") == "op://vault/item=op://vault/item;");
    CHECK(found("<path:a#b>") == "<path:a#b>=a#b;");
    CHECK(found("{{ {{ x }} {{ y }}") == "{{ {{ x }}={{ x;{{ y }}=y;");
    CHECK(found("https://photos.example.com").empty());
    CHECK(found("$plaintext${{ x }}").empty());
}
