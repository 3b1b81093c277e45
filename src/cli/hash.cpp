#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/progress.hpp"
#include "document/value.hpp"
#include "report/redact.hpp"
#include "secret/diagnosis.hpp"
#include "secret/digest.hpp"
#include "secret/source.hpp"
#include "secret/strength.hpp"
#include "systems.hpp"
#include "util/text.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace oidcgen::cli {

namespace {

using document::Value;

constexpr std::size_t k_most_characters = 1024;

struct HashOptions {
    std::optional<std::string> path;
    std::optional<std::string> variable;
    std::optional<std::string> list;
    bool generate = false;
    bool json = false;
    std::size_t length = secret::k_default_length;
    std::uint32_t iterations = secret::k_default_iterations;
    std::optional<std::string> digest;
};

/// A name that is no file's may be the secret itself by mistake, so no message repeats it.
util::Expected<void> check_is_file(const std::string& path) {
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::status(path, error))) {
        return {};
    }
    return util::failure(
        "this file does not exist; the argument is the name of a file with the secret, never the secret "
        "itself, which other users of the machine could see");
}

util::Expected<secret::Secret> read_secret(const HashOptions& options) {
    if (options.variable) {
        return secret::from_environment(*options.variable);
    }
    if (!options.path) {
        return secret::from_prompt("client secret: ", options.digest ? secret::Confirm::no : secret::Confirm::yes);
    }
    if (*options.path == "-") {
        return secret::from_stdin();
    }
    OIDCGEN_CHECK(check_is_file(*options.path));
    return secret::from_file(*options.path);
}

util::Expected<std::vector<secret::Secret>> read_list(const std::string& path) {
    if (path == "-") {
        return secret::each_from_stdin();
    }
    OIDCGEN_CHECK(check_is_file(path));
    return secret::each_from_file(path);
}

Value text_value(std::string_view text) { return Value{std::string(text)}; }

void print_verdict(std::string_view verdict, std::string_view why, std::string_view warning, const HashOptions& options,
                   Streams& streams) {
    if (!warning.empty()) {
        streams.say(util::words("warning: {}", util::own(warning)));
    }
    if (options.json) {
        Value::Members members{{"verdict", text_value(verdict)}};
        if (!why.empty()) {
            members.emplace_back("why", text_value(why));
        }
        if (!warning.empty()) {
            members.emplace_back("warning", text_value(warning));
        }
        streams.hand_over(to_json(Value{std::move(members)}));
    } else {
        streams.show(
            report::shown(util::words("{}{}{}\n", util::own(verdict), why.empty() ? "" : ": ", util::own(why))));
    }
}

/// Why the digest is refused, and what went wrong when it was written.
std::string refusal(std::string_view digest, std::string_view fault) {
    const auto mistakes = secret::diagnose(digest);
    const bool adds_something = !mistakes.empty() && mistakes.front() != secret::Mistake::unknown_scheme;
    return adds_something ? fmt::format("{}; {}", fault, message(mistakes.front())) : std::string(fault);
}

/// What a match is worth; empty when it proves that the secret is the right one.
std::string weakness_of_match(const secret::Digest& digest) {
    const std::size_t bytes = digest.key.size();
    return bytes >= secret::k_fewest_key_bytes
               ? std::string()
               : fmt::format(
                     "the key of the digest has {} byte{} instead of at least {}, so many other secrets match it too; "
                     "`oidcgen hash` makes a digest that protects the secret",
                     bytes, bytes == 1 ? "" : "s", secret::k_fewest_key_bytes);
}

util::Expected<Exit> run_verify(const HashOptions& options, Streams& streams) {
    const auto digest = secret::parse_digest(*options.digest, secret::ReadBy::command);
    if (!digest || digest->scheme == secret::Scheme::plaintext) {
        print_verdict("invalid",
                      digest ? "this is a plaintext secret, not a digest"
                             : refusal(*options.digest, digest.error().message),
                      "", options, streams);
        return Exit::failed;
    }
    OIDCGEN_TRY(const auto secret, read_secret(options));
    util::Words obstacle;
    const auto verdict = [&] {
        const Progress progress(streams.terminal(), "verifying the digest");
        secret::Budget budget{secret::k_dearest_cost};
        return verify(*digest, secret, budget, &obstacle);
    }();
    switch (verdict) {
    case secret::Verdict::match:
        print_verdict("match", "", weakness_of_match(*digest), options, streams);
        return Exit::clean;
    case secret::Verdict::mismatch:
        print_verdict("mismatch", "", "", options, streams);
        return Exit::findings;
    case secret::Verdict::too_dear:
        return util::failure("this digest needs more work or memory than the program allows");
    case secret::Verdict::unable:
        break;
    }
    return util::failure(util::words("the digest cannot be computed: {}", obstacle));
}

void warn_of_weakness(const secret::Secret& secret, std::string_view origin, Streams& streams) {
    if (const auto weakness = secret::weakness(secret, {}, system_names())) {
        streams.say(util::words("warning: {}{}; --generate makes a better one", util::own(origin),
                                util::own(message(*weakness))));
    }
}

util::Expected<Exit> run_each(const HashOptions& options, Streams& streams) {
    OIDCGEN_TRY(const auto secrets, read_list(*options.list));
    std::size_t line = 0;
    for (const auto& secret : secrets) {
        warn_of_weakness(secret, fmt::format("line {}: ", ++line), streams);
    }
    OIDCGEN_TRY(const auto digests, [&] {
        Progress progress(streams.terminal(), "making digests", secrets.size());
        return secret::make_digests(secrets, options.iterations, &progress.done());
    }());
    if (options.json) {
        Value::List list;
        for (const auto& digest : digests) {
            list.push_back(text_value(digest));
        }
        streams.hand_over(to_json(Value{Value::Members{{"digests", Value{std::move(list)}}}}));
        return Exit::clean;
    }
    for (const auto& digest : digests) {
        streams.hand_over(digest + "\n");
    }
    return Exit::clean;
}

/// The lines of the result; the secret is among them only when it was made here.
void print_digest(const secret::Secret& secret, const std::string& digest, const HashOptions& options,
                  Streams& streams) {
    if (options.json) {
        Value::Members members;
        if (options.generate) {
            members.emplace_back("secret", text_value(secret.reveal()));
        }
        members.emplace_back("digest", text_value(digest));
        streams.hand_over(to_json(Value{std::move(members)}));
    } else if (options.generate) {
        if (::isatty(STDOUT_FILENO) == 1) {
            streams.say(
                "the first line is the secret, for the application; the second is its digest, for the provider");
        }
        for (const auto part :
             {secret.reveal(), std::string_view("\n"), std::string_view(digest), std::string_view("\n")}) {
            streams.hand_over(part);
        }
    } else {
        streams.hand_over(digest + "\n");
    }
}

util::Expected<Exit> run_hash(const HashOptions& options, Streams& streams) {
    if (options.digest) {
        return run_verify(options, streams);
    }
    if (options.list) {
        return run_each(options, streams);
    }
    OIDCGEN_TRY(const auto secret, options.generate ? secret::generated(options.length) : read_secret(options));
    if (!options.generate) {
        warn_of_weakness(secret, "", streams);
    } else if (secret.size() < secret::k_fewest_characters) {
        streams.say(util::words("warning: {}", util::own(message(secret::Weakness::too_short))));
    }
    OIDCGEN_TRY(const auto digest, [&] {
        const Progress progress(streams.terminal(), "making the digest");
        return secret::make_digest(secret, options.iterations);
    }());
    print_digest(secret, digest, options, streams);
    return Exit::clean;
}

} // namespace

void add_hash(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("hash", "print the digest of a client secret");
    const auto options = std::make_shared<HashOptions>();
    auto* const file =
        command->add_option("FILE", options->path, "file with the secret, - for standard input (default: ask)");
    auto* const variable = command->add_option("--env", options->variable, "environment variable with the secret");
    variable->type_name("NAME")->excludes(file);
    auto* const each =
        command->add_option("--each", options->list, "file with one secret on each line, - for standard input");
    each->type_name("FILE")->excludes(file)->excludes(variable);
    auto* const verify =
        command->add_option("--verify", options->digest, "check whether the secret matches this digest");
    verify->type_name("DIGEST")->excludes(each);
    auto* const generate =
        command->add_flag("--generate", options->generate, "make a secret; print it, and its digest on the next line");
    generate->excludes(file)->excludes(variable)->excludes(each)->excludes(verify);
    auto* const length =
        command->add_option("--length", options->length, "characters of a generated secret (default: 72)");
    length->type_name("N")->needs(generate)->check(from_to(1, k_most_characters));
    auto* const iterations =
        command->add_option("--iterations", options->iterations, "work that the digest takes (default: 310000)");
    iterations->type_name("N")->excludes(verify)->check(
        from_to(secret::k_fewest_iterations, secret::k_most_iterations));
    command->add_flag("--json", options->json, "print one JSON object");
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_hash(*options, streams); }; });
}

} // namespace oidcgen::cli
