#include "lint/deployment.hpp"

#include "document/env_reader.hpp"
#include "document/reader.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace oidcgen;

namespace {

struct Looked {
    std::unique_ptr<document::Document> document;
    lint::Deployment deployment;
    rule::Findings findings;
};

Looked looked_at(const std::string& text) {
    Looked result;
    result.document = document::read_document("file.yml", text, document::Dialect::go_yaml);
    lint::look_for_containers(*result.document, result.deployment, result.findings);
    lint::look_for_generators(*result.document, result.deployment);
    return result;
}

std::string release_of(const std::string& image) {
    const auto looked = looked_at("services:\n  a:\n    image: '" + image + "'\n");
    return looked.deployment.running.empty() ? "" : looked.deployment.running.front().release;
}

std::vector<std::string> mounted(const std::string& text) {
    std::vector<std::string> result;
    for (const auto& it : looked_at(text).deployment.mounted) {
        result.push_back(it.path);
    }
    return result;
}

} // namespace

TEST_CASE("deployment: the tag of an image says the release") {
    CHECK(release_of("ghcr.io/immich-app/immich-server:v2.1.0") == "2.1.0");
    CHECK(release_of("immich-app/immich-server:v2") == "2");
    CHECK(release_of("docker.io/authelia/authelia:4.39") == "4.39");
    CHECK(release_of("localhost:5000/authelia/authelia:4.39.4@sha256:00") == "4.39.4");
    CHECK(release_of("authelia/authelia:4.39.4-arm64") == "4.39.4");
}

TEST_CASE("deployment: what names no release says nothing") {
    for (const auto* const image :
         {"authelia/authelia", "authelia/authelia:latest", "localhost:5000/authelia/authelia", "authelia/authelia:4.",
          "authelia/authelia:${VERSION:-4.39}", "authelia/authelia:master", "authelia/authelia@sha256:4.39",
          "notauthelia/authelia:4.39", "example.com/authelia/authelia-helper:4.39", "postgres:16"}) {
        INFO(image);
        CHECK(release_of(image).empty());
    }
}

TEST_CASE("deployment: images of manifests and of the values of charts") {
    const auto manifest =
        looked_at("apiVersion: apps/v1\nspec:\n  containers:\n    - image: authelia/authelia:4.38.1\n");
    REQUIRE(manifest.deployment.running.size() == 1);
    CHECK(manifest.deployment.kind == "manifest");
    const auto values =
        looked_at("controllers:\n  main:\n    image:\n      repository: ghcr.io/immich-app/immich-server\n"
                  "      tag: v2.0.0@sha256:1\n");
    REQUIRE(values.deployment.running.size() == 1);
    CHECK(values.deployment.running.front().release == "2.0.0");
    CHECK(values.deployment.kind == "values");
    const auto chart = looked_at("image:\n  tag: v2.3.0\nimmich:\n  metrics:\n    enabled: true\n");
    REQUIRE(chart.deployment.running.size() == 1);
    CHECK(chart.deployment.running.front().release == "2.3.0");
    CHECK(looked_at("image:\n  tag: v2.3.0\nother:\n  x: 1\n").deployment.kind.empty());
}

TEST_CASE("deployment: the files that a service gets") {
    const std::string service = "services:\n  auth:\n    image: authelia/authelia\n";
    CHECK(mounted(service + "    volumes: ['./a:/config']\n") == std::vector<std::string>{"./a/configuration.yml"});
    CHECK(mounted(service + "    volumes: ['./a:/config', './b.yml:/config/configuration.yml:ro']\n") ==
          std::vector<std::string>{"./b.yml"});
    CHECK(mounted(service + "    volumes: ['data:/config']\n").empty());
    CHECK(mounted(service + "    volumes: ['./a:/conf']\n").empty());
    CHECK(mounted(service + "    environment: {X_AUTHELIA_CONFIG: '/c/x.yml,/c/y.yml'}\n    volumes: ['./a:/c/']\n") ==
          std::vector<std::string>{"./a/x.yml", "./a/y.yml"});
    CHECK(mounted(service + "    command: [authelia, --config, /c/x.yml, --config=/c/y.yml]\n"
                            "    volumes:\n      - {type: bind, source: ./a, target: /c}\n") ==
          std::vector<std::string>{"./a/x.yml", "./a/y.yml"});
    CHECK(mounted("configMapGenerator:\n  - name: x\n    files: [a.yml, key=b.yml, 'https://example.com/c.yml']\n") ==
          std::vector<std::string>{"a.yml", "b.yml"});
}

TEST_CASE("deployment: variables that no release reads, once for each service") {
    const std::string image = "    image: ghcr.io/immich-app/immich-server:v2.1.0\n";
    const auto several =
        looked_at("services:\n  a:\n" + image + "    environment: {OAUTH_A: 1, OAUTH_B: 2, DB_HOST: x}\n" + "  b:\n" +
                  image + "    environment: [IMMICH_OAUTH_C=3]\n");
    REQUIRE(several.findings.findings.size() == 2);
    const auto place = several.findings.findings.front().place;
    CHECK(several.document->source().text(place.span) == "OAUTH_A");
    CHECK(looked_at("services:\n  a:\n" + image + "    environment: [MY_OAUTH_C=3, DB_HOST]\n")
              .findings.findings.empty());
    CHECK(looked_at("services:\n  a:\n    image: x\n    environment: {OAUTH_A: 1}\n").findings.findings.empty());
}

TEST_CASE("deployment: a file of variables belongs to a program when one of them says so") {
    const auto findings_in = [](const std::string& text) {
        const auto env = document::read_env(".env", text);
        REQUIRE(env.has_value());
        lint::Deployment deployment;
        rule::Findings findings;
        lint::look_for_variables(**env, deployment, findings);
        return std::pair(deployment.running.size(), findings.findings.size());
    };
    CHECK(findings_in("IMMICH_VERSION=v2.1.0\nOAUTH_X=1\n") == std::pair<std::size_t, std::size_t>(1, 1));
    CHECK(findings_in("IMMICH_VERSION=release\nUPLOAD=1\n") == std::pair<std::size_t, std::size_t>(0, 0));
    CHECK(findings_in("VERSION=v2.1.0\nOAUTH_X=1\n") == std::pair<std::size_t, std::size_t>(0, 0));
}
