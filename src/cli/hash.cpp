#include "cli/command.hpp"
#include "secret/digest.hpp"
#include "secret/source.hpp"
#include "util/text.hpp"

#include <memory>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace oidcgen::cli {

namespace {

constexpr std::size_t k_most_characters = 1024;
constexpr std::size_t k_few_characters = 32;

struct Options {
    std::string path;
    std::string variable;
    bool generate = false;
    std::optional<std::size_t> length;
    std::optional<std::string> digest;
};

util::Expected<secret::Secret> read_secret(const Options& options) {
    if (!options.variable.empty()) {
        return secret::from_environment(options.variable);
    }
    if (options.path == "-") {
        return secret::from_stdin();
    }
    if (!options.path.empty()) {
        return secret::from_file(options.path);
    }
    return secret::from_prompt("client secret: ", options.digest ? secret::Confirm::no : secret::Confirm::yes);
}

util::Expected<Exit> run_verify(const Options& options, Streams& streams) {
    const auto digest = secret::parse_digest(*options.digest, secret::ReadBy::command);
    if (!digest || digest->scheme == secret::Scheme::plaintext) {
        fmt::print(streams.out, "invalid: {}\n",
                   digest ? "a plaintext secret is no digest" : std::string_view(digest.error().message));
        return Exit::failed;
    }
    const auto secret = read_secret(options);
    if (!secret) {
        return tl::unexpected(secret.error());
    }
    switch (verify(*digest, *secret)) {
    case secret::Verdict::match:
        streams.out << "match\n";
        return Exit::clean;
    case secret::Verdict::mismatch:
        streams.out << "mismatch\n";
        return Exit::findings;
    case secret::Verdict::too_dear:
        return util::failure("the digest asks for more work or memory than this program spends on one");
    case secret::Verdict::unable:
        break;
    }
    return util::failure("this build cannot compute digests of that kind");
}

void warn_of_sample(const secret::Secret& secret, Streams& streams) {
    if (secret::is_documentation_sample(secret)) {
        fmt::print(streams.err,
                   "oidcgen: warning: this is the sample secret of Authelia's documentation, which everybody "
                   "knows\n");
    }
}

util::Expected<Exit> run_hash(const Options& options, Streams& streams) {
    if (options.digest) {
        return run_verify(options, streams);
    }
    const auto secret =
        options.generate ? secret::generated(options.length.value_or(secret::k_default_length)) : read_secret(options);
    if (!secret) {
        return tl::unexpected(secret.error());
    }
    warn_of_sample(*secret, streams);
    const auto digest = secret::make_digest(*secret);
    if (!digest) {
        return tl::unexpected(digest.error());
    }
    if (!options.generate) {
        streams.out << *digest << '\n';
        return Exit::clean;
    }
    if (secret->size() < k_few_characters) {
        fmt::print(streams.err, "oidcgen: warning: a secret of {} characters is short, Authelia advises more than 40\n",
                   secret->size());
    }
    streams.out << "secret: " << secret->reveal() << "\ndigest: " << *digest << '\n';
    return Exit::clean;
}

} // namespace

void add_hash(CLI::App& program, Action& action) {
    auto* const command = program.add_subcommand("hash", "print the digest of a client secret");
    const auto options = std::make_shared<Options>();
    auto* const file =
        command->add_option("FILE", options->path, "file with the secret, - for standard input (default: ask)");
    auto* const variable = command->add_option("--env", options->variable, "environment variable with the secret");
    variable->type_name("NAME")->excludes(file);
    auto* const verify =
        command->add_option("--verify", options->digest, "tell whether the secret belongs to this digest");
    verify->type_name("DIGEST");
    auto* const generate =
        command->add_flag("--generate", options->generate, "make a secret and print it with its digest");
    generate->excludes(file)->excludes(variable)->excludes(verify);
    auto* const length =
        command->add_option("--length", options->length, "characters of a generated secret (default: 72)");
    length->type_name("N")->needs(generate)->check(CLI::Validator(
        [](const std::string& value) {
            std::size_t number = 0;
            const bool fits = CLI::detail::lexical_cast(value, number) && number >= 1 && number <= k_most_characters;
            return fits ? std::string()
                        : fmt::format("{} is not a number from 1 to {}", util::quoted(value), k_most_characters);
        },
        ""));
    command->callback(
        [options, &action] { action = [options](Streams& streams) { return run_hash(*options, streams); }; });
}

} // namespace oidcgen::cli
