#include "report/diagnostic.hpp"
#include "report/redact.hpp"
#include "report/style.hpp"
#include "report_places.hpp"
#include "util/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace oidcgen;
using report::Colour;
using report::has_colour;
using report::Ink;
using report::Style;

namespace {

util::Shown ours(std::string text) { return report::shown(util::own(std::move(text))); }

std::string wrapped(const std::string& text, std::size_t columns, std::size_t hang = 0) {
    return Style(false, columns).wrapped(ours(text), hang).text();
}

std::string without_colours(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto escape = std::min(text.find('\x1b'), text.size());
        result += text.substr(0, escape);
        text.remove_prefix(escape);
        text.remove_prefix(text.empty() ? 0 : text.find('m') + 1);
    }
    return result;
}

using Variables = std::map<std::string, std::string>;

/// The variables that decide about colours, as they were again in the end.
class Environment {
  public:
    explicit Environment(const Variables& variables) {
        for (const auto* const name : {"NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "TERM"}) {
            const char* const value = std::getenv(name);
            m_before[name] = value == nullptr ? std::nullopt : std::optional<std::string>(value);
            const auto found = variables.find(name);
            set(name, found == variables.end() ? std::nullopt : std::optional(found->second));
        }
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() {
        for (const auto& [name, value] : m_before) {
            set(name, value);
        }
    }

  private:
    static void set(const std::string& name, const std::optional<std::string>& value) {
        if (value) {
            ::setenv(name.c_str(), value->c_str(), 1);
        } else {
            ::unsetenv(name.c_str());
        }
    }

    std::map<std::string, std::optional<std::string>> m_before;
};

} // namespace

TEST_CASE("Style: without a width lines stay as long as they are") {
    const std::string text(500, 'a');
    CHECK(Style().wrapped(ours(text + " " + text)).text() == text + " " + text);
}

TEST_CASE("wrapped: breaks at blanks, and continues where the text began") {
    CHECK(wrapped("one two three four five six seven eight nine ten", 40) ==
          "one two three four five six seven eight\nnine ten");
    CHECK(wrapped("help: two three four five six seven eight nine ten", 40, 6) ==
          "help: two three four five six seven\n      eight nine ten");
    CHECK(wrapped("short\n  one two three four five six seven eight nine\n", 40) ==
          "short\n  one two three four five six seven\neight nine\n");
    CHECK(wrapped("a very long beginning of the line: two three four five", 40, 35) ==
          "a very long beginning of the line: two\n    three four five"); // too little is left there
}

TEST_CASE("wrapped: never breaks a word or an address") {
    const std::string address = "https://photos.example.org/a/rather/long/path/to/the/redirect-target";
    CHECK(wrapped("see " + address + " for it", 40) == "see\n" + address + "\nfor it");
    CHECK(wrapped(address, 40) == address);
    CHECK(wrapped("   " + address, 40, 6) == "   " + address);
}

TEST_CASE("wrapped: keeps quotes and brackets together when they are short") {
    CHECK(wrapped("the way to make another one is `oidcgen hash` here", 40) ==
          "the way to make another one is\n`oidcgen hash` here");
    CHECK(wrapped("this is wrong with a secret [some-rule OG0000]", 40) ==
          "this is wrong with a secret\n[some-rule OG0000]");
    CHECK(wrapped("a quotation that begins here \"and goes on for a long time\"", 40) ==
          "a quotation that begins here \"and goes\non for a long time\"");
    CHECK(wrapped("one that is open and never ends: \"here it goes", 40) ==
          "one that is open and never ends: \"here\nit goes");
}

TEST_CASE("wrapped: counts columns, not bytes") {
    CHECK(wrapped("ääää ääää ääää ääää ääää ääää ääää ääää", 40) == "ääää ääää ääää ääää ääää ääää ääää ääää");
    CHECK(wrapped("日本語日本語日本語日本語日本語 日本語日本語", 40) == "日本語日本語日本語日本語日本語\n日本語日本語");
}

TEST_CASE("wrapped: a colour ends with its line and begins anew on the next") {
    const Style style(true, 40);
    const auto text = style.wrapped(style.painted(Ink::works, "one two three four five six seven eight nine ten"), 2);
    CHECK(text.text() == "\x1b[32mone two three four five six seven eight\x1b[0m\n  \x1b[32mnine ten\x1b[0m");
}

TEST_CASE("Style: 40 columns are the least") {
    CHECK(Style(false, 7).width() == 40);
    CHECK(Style(false, 0).width() == 0);
}

TEST_CASE("columns: beside each other, or below when there is no room") {
    const auto row = [](const std::string& left, std::size_t columns) {
        return Style(false, columns).columns(ours("  " + left), ours("what it is for, in a few words"), 12).text();
    };
    CHECK(row("--this", 0) == "  --this    what it is for, in a few words\n");
    CHECK(row("--this", 42) == "  --this    what it is for, in a few words\n");
    CHECK(row("--this", 41) == "  --this\n      what it is for, in a few words\n");
    CHECK(row("", 41) == "\n      what it is for, in a few words\n");
    CHECK(row("--that-one", 0) == "  --that-one\n            what it is for, in a few words\n");
    CHECK(Style(false, 42).columns(ours("  x"), ours("one two three four five six seven eight"), 12).text() ==
          "  x         one two three four five six\n            seven eight\n");
}

TEST_CASE("command: continues as a shell reads it") {
    const std::string line = "oidcgen lint --format concise a.yml b.json";
    CHECK(Style().command(line, 2).text() == "  " + line + "\n");
    CHECK(Style(false, 44).command(line, 2).text() == "  " + line + "\n");
    CHECK(Style(false, 43).command(line, 2).text() == "  oidcgen lint --format concise a.yml \\\n    b.json\n");
}

TEST_CASE("window_of: what is around the mark, with an ellipsis where something is left out") {
    const std::string line = "0123456789abcdefghijklmnopqrstuvwxyz";
    const auto cut = [&](std::size_t mark, std::size_t marks) {
        const auto window = report::window_of({line, mark, marks}, 20);
        CHECK(util::display_width(window.text) <= 20);
        return window;
    };
    CHECK(report::window_of({line, 3, 2}, 36).text == line);
    const auto first = cut(3, 2);
    CHECK(first.text == "0123456789abcdefghi…");
    CHECK(first.mark == 3);
    CHECK(first.marks == 2);
    const auto middle = cut(20, 2);
    CHECK(middle.text.starts_with("…"));
    CHECK(middle.text.ends_with("…"));
    CHECK(util::display_width(middle.text.substr(0, middle.text.find('k'))) == middle.mark);
    CHECK(middle.marks == 2);
    const auto last = cut(35, 1);
    CHECK(last.text.ends_with("xyz"));
    CHECK(util::display_width(last.text) == last.mark + 1);
    const auto behind = cut(36, 1); // something is missing at the end
    CHECK(util::display_width(behind.text) == behind.mark);
    CHECK(cut(2, 30).marks == 18); // as far as the line is shown
    const std::string wide = "日本語日本語日本語日本語日本語x日本語日本語";
    const auto odd = report::window_of({wide, 30, 1}, 20);
    CHECK(util::display_width(odd.text) <= 20);
    CHECK(util::display_width(odd.text.substr(0, odd.text.find('x'))) == odd.mark);
}

TEST_CASE("to_text: with colours it is the same text") {
    const auto document = test::yaml("a: 1\nclient_secret: two\n");
    const report::Diagnostic diagnostic{"error",
                                        util::words("no good is this {}", util::outside("x\x1b[31my")),
                                        test::at(*document, "two"),
                                        {{"see here, where a long note tells more", test::at(*document, "a")}},
                                        "fix it in the way that is described here",
                                        "some-rule OG0000"};
    for (const std::size_t columns : {0U, 40U, 80U}) {
        report::Redactors redactors;
        const auto plain = to_text(diagnostic, redactors, Style(false, columns)).text();
        const auto coloured = to_text(diagnostic, redactors, Style(true, columns)).text();
        CHECK(plain.find('\x1b') == std::string::npos);
        CHECK(without_colours(coloured) == plain);
        CHECK(coloured.starts_with("\x1b[1ma.yml:2:16:\x1b[0m \x1b[1m\x1b[31merror:\x1b[0m no good"));
        CHECK(coloured.find("\x1b[2m[some-rule OG0000]\x1b[0m\n") != std::string::npos);
        CHECK(coloured.find("\x1b[1m\x1b[31m^\x1b[0m\n") != std::string::npos);
    }
}

TEST_CASE("has_colour: what was asked for, then the environment, then the terminal") {
    const util::Terminal terminal{true, 80};
    const util::Terminal pipe;
    {
        const Environment environment(Variables{{"TERM", "xterm"}});
        CHECK(has_colour(Colour::automatic, terminal));
        CHECK_FALSE(has_colour(Colour::automatic, pipe));
        CHECK(has_colour(Colour::always, pipe));
        CHECK_FALSE(has_colour(Colour::never, terminal));
    }
    {
        const Environment environment(Variables{{"TERM", "xterm"}, {"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}});
        CHECK_FALSE(has_colour(Colour::automatic, terminal));
        CHECK(has_colour(Colour::always, pipe));
    }
    {
        const Environment environment(Variables{{"TERM", "xterm"}, {"NO_COLOR", ""}, {"FORCE_COLOR", "0"}});
        CHECK(has_colour(Colour::automatic, terminal));
        CHECK_FALSE(has_colour(Colour::automatic, pipe));
    }
    for (const auto* const name : {"CLICOLOR_FORCE", "FORCE_COLOR"}) {
        const Environment environment(Variables{{name, "1"}});
        CHECK(has_colour(Colour::automatic, pipe));
    }
    {
        const Environment environment(Variables{{"TERM", "dumb"}});
        CHECK_FALSE(has_colour(Colour::automatic, terminal));
    }
    const Environment environment(Variables{});
    CHECK_FALSE(has_colour(Colour::automatic, terminal));
}
