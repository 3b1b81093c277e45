#include "document/placeholder.hpp"
#include "document/template_action.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace oidcgen::document;

TEST_CASE("is_placeholder: template expressions count for every use") {
    for (const std::string_view text : {
             "{{ secret \"/config/x\" }}",
             "https://{{ .Values.host }}/x",
             "{{x}}",
             "{% if a %}b{% endif %}",
             "${NAME}",
             "${NAME:-default}",
             "$NAME",
             "${config.sops.secrets.immich.path}",
             "$(cat /run/secrets/x)",
             "  ${NAME}\n",
             "https://photos.${DOMAIN}/auth/login",
             "$${NAME}",
             "https://photos.$DOMAIN/auth/login",
             "photos.$DOMAIN",
             "https://photos.$(DOMAIN)/",
             "__CLIENT_SECRET__",
             "https://photos.__DOMAIN__/",
             "%%DOMAIN%%",
             "https://photos.@DOMAIN@/",
             "@@DOMAIN@@",
             "#{Domain}#",
             "((domain))",
             "https://((site/host))/",
             "<%= domain %>",
             "ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]",
             "op://vault/item/field",
             "bws://0d5c1f",
             "vault:secret/data/photos#client",
             "ref+vault://secret/photos#/client",
             "<path:secret/data/photos#client>",
             "https://<path:site#host>/",
             "$ANSIBLE_VAULT;1.1;AES256\n6162\n",
         }) {
        CAPTURE(text);
        CHECK(is_placeholder(text, PlaceholderUse::identifier));
        CHECK(is_placeholder(text, PlaceholderUse::secret_or_address));
    }
}

TEST_CASE("is_placeholder: fillers count for secrets and addresses only") {
    for (const std::string_view text :
         {"<your-secret>", "CHANGEME", "change_me", "xxx", "XXXXXXXX", "***", "...", "your-client-secret", "REPLACE_ME",
          "TODO", "https://photos.<your-domain>/auth/login"}) {
        CAPTURE(text);
        CHECK_FALSE(is_placeholder(text, PlaceholderUse::identifier));
        CHECK(is_placeholder(text, PlaceholderUse::secret_or_address));
    }
}

TEST_CASE("is_placeholder: text that stands for itself") {
    for (const std::string_view text : {
             "",
             "immich",
             "insecure_secret",
             "x",
             "xx",
             "xxxy",
             "a<b>",
             "<a>b<c>",
             "<>",
             "price: $5",
             "$",
             "$$",
             "$5",
             "${}",
             "a ${X} b",
             "{ {x} }",
             "{{ x",
             "x }} {{",
             "https://photos.example.org",
             "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0Y",
             "$plaintext$secret",
             "$plaintext${{ x }}",
             "$2b$12$abc",
             "$6$rounds=5000$x",
             "$pbkdf2-sha512$310000$a__B__c/@AB@$x",
             "me@example.com",
             "me@EXAMPLE.COM",
             "a@B@c",
             "__init__",
             "__A__b",
             "a__NAME__",
             "a____b",
             "%41%42",
             "100%% sure",
             "((1+2))",
             "((a b))",
             "abc$XYZ.def",
             "https://example.com/$1",
             "ENC[x]",
             "op://",
             "op:/x",
             "vault:x",
             "https://example.com/#{x",
             "https://example.com/?a=@b@",
         }) {
        CAPTURE(text);
        CHECK_FALSE(is_placeholder(text, PlaceholderUse::identifier));
        CHECK_FALSE(is_placeholder(text, PlaceholderUse::secret_or_address));
    }
}

TEST_CASE("bare_template_action: lines and values that are actions") {
    const auto found = [](std::string_view text) {
        const auto span = bare_template_action(text);
        return span ? std::string(text.substr(span->start, span->end - span->start)) : std::string("none");
    };
    CHECK(found("a: 1\nb: {{ x }}\n") == "{{ x }}");
    CHECK(found("  {{- range .Clients }}\n") == "{{- range .Clients }}");
    CHECK(found("- {{ x }}") == "{{ x }}");
    CHECK(found("- a: {{ x }} # c") == "{{ x }}");
    CHECK(found("{% if a %}\nb: 1\n{% endif %}") == "{% if a %}");
    CHECK(found("a: {{ x\n") == "{{ x");
    CHECK(found("a: '{{ x }}'\nb: \"{{ y }}\"\n") == "none");
    CHECK(found("'a: {{ x }}': 1") == "none");
    CHECK(found("# {{ x }}\n") == "none");
    CHECK(found("a: {b: c}\n") == "none");
    CHECK(found("") == "none");
}
