#include "document/hole_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace oidcgen::document;

namespace {

HoleText text(std::string_view bytes) { return hole_text(bytes, true); }

/// `same`, `different` or `open`; with a star when that rests on holes.
std::string compared(std::string_view left, std::string_view right) {
    const auto one = compare(text(left), text(right));
    const auto other = compare(text(right), text(left));
    CHECK(one.likeness == other.likeness);
    CHECK(one.rests_on_holes == other.rests_on_holes);
    const std::string name = one.likeness == Likeness::same        ? "same"
                             : one.likeness == Likeness::different ? "different"
                                                                   : "open";
    return one.rests_on_holes ? name + "*" : name;
}

} // namespace

TEST_CASE("compare: texts without holes") {
    CHECK(compared("https://a.example.com/", "https://a.example.com/") == "same");
    CHECK(compared("https://a.example.com/", "https://a.example.com") == "different");
    CHECK(compared("", "") == "same");
}

TEST_CASE("compare: a hole equals itself") {
    CHECK(compared("https://a.${D}/x", "https://a.${D}/x") == "same*");
    CHECK(compared("{{ .D }}", "{{- .D -}}") == "same*");
    CHECK(compared("https://${A}.${B}", "https://${A}.${B}") == "same*");
}

TEST_CASE("compare: another name, other marks, another default may be filled with anything") {
    CHECK(compared("https://a.${D}/x", "https://a.${E}/x") == "open");
    CHECK(compared("https://a.${D}/x", "https://a.{{ D }}/x") == "open");
    CHECK(compared("${D:-a}", "${D}") == "open");
    CHECK(compared("https://a.${D}/x", "https://a.example.com/x") == "open");
    CHECK(compared("${D}", "") == "open");
    CHECK(compared("${D}", "x") == "open");
    CHECK(compared("a${D}", "a") == "open");
    CHECK(compared("https://${A}.${B}", "https://${B}.${A}") == "open");
}

TEST_CASE("compare: nothing that fills the holes makes them the same") {
    CHECK(compared("https://a.${D}/x", "https://a.${D}/y") == "different");
    CHECK(compared("https://a.${D}/x", "https://b.${D}/x") == "different");
    CHECK(compared("https://a.${D}/x", "https://a.example.com/y") == "different");
    CHECK(compared("http://${D}/x", "https://${D}/x") == "different");
    CHECK(compared("https://${D}/x", "app:///x") == "different");
    CHECK(compared("app:/${X}", "https://a.example.com/") == "different");
}

TEST_CASE("compare: different only if equal holes are filled alike") {
    CHECK(compared("https://${D}/", "https://${D}") == "different*");
    CHECK(compared("https://${D}.com/x", "https://${D}/x") == "different*");
    CHECK(compared("${A}b${C}", "${A}x${C}") == "different*");
    CHECK(compared("a${B}", "a${B}${C}") == "open");
}

TEST_CASE("compare: marks in a text that stands for itself are bytes") {
    CHECK(compare(hole_text("${D}", false), hole_text("${D}", false)).likeness == Likeness::same);
    CHECK_FALSE(compare(hole_text("${D}", false), hole_text("${D}", false)).rests_on_holes);
    CHECK(compare(hole_text("${D}", false), hole_text("x", false)).likeness == Likeness::different);
}

TEST_CASE("compare: a text with very many holes is one hole") {
    std::string many;
    for (int number = 0; number < 33; ++number) {
        many += "${A}b";
    }
    CHECK(text(many).holes.size() == 1);
    CHECK(compared(many, many) == "same*");
    CHECK(compared(many, many + "c") == "open");
    CHECK(compared(many.substr(0, many.size() - 5), many.substr(0, many.size() - 5) + "c") == "different");
}

TEST_CASE("shared_holes: those that both texts have, as the first writes them") {
    const auto shared = [](std::string_view left, std::string_view right) {
        std::string result;
        for (const auto& hole : shared_holes(text(left), text(right))) {
            result += hole + ";";
        }
        return result;
    };
    CHECK(shared("https://${A}.${B}/${A}", "${A}") == "${A};");
    CHECK(shared("{{ .A }}", "{{.A}}") == "{{ .A }};");
    CHECK(shared("${A}", "${B}").empty());
    CHECK(shared("https://a.example.com", "${B}").empty());
}

TEST_CASE("HoleNames: a host and a port that can be read, and the holes again") {
    HoleNames names;
    for (const std::string_view address :
         {"https://photos.${DOMAIN}/auth/login", "https://{{ secret \"/run/x\" }}:{{ env \"PORT\" }}/a?b#c",
          "https://photos.example.com:${PORT}", "${URL}/user-settings", "https://${A}${B}.example.com"}) {
        CAPTURE(address);
        const auto named = names.named(text(address));
        CHECK(names.holds_any(named));
        CHECK(named.find_first_of("${}\"") == std::string::npos);
        CHECK(names.restored(named) == address);
    }
    CHECK(names.named(text("https://photos.${DOMAIN}")) == names.named(text("https://photos.${DOMAIN}")));
    CHECK(names.named(text("https://${A}")) != names.named(text("https://${B}")));
    CHECK_FALSE(names.holds_any("https://photos.example.com"));
    const auto port = names.named(text("http://localhost:${P}/x"));
    CHECK(port.find_first_not_of("0123456789", port.rfind(':') + 1) == port.find("/x"));
    CHECK(names.restored("https://photos.example.com") == "https://photos.example.com");
}

TEST_CASE("without_holes: everything else is where it was") {
    CHECK(without_holes(text("https://{{ a \"/\" }}/b")) == "https://xxxxxxxxxxx/b");
    CHECK(without_holes(text("https://photos.example.com")) == "https://photos.example.com");
}
