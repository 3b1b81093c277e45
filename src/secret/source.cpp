#include "secret/source.hpp"

#include "secret/terminal.hpp"
#include "util/descriptor.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <span>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace oidcgen::secret {
namespace {

using util::Expected;
using util::failure;

constexpr std::string_view k_unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
static_assert(k_unreserved.size() == 66);

/// Checks what every source refuses, and drops the final line break. `origin` is a name for messages: `file "x"`.
Expected<Secret> checked(Secret secret, const util::Words& origin) {
    std::string_view text = secret.reveal();
    if (text.ends_with('\n')) {
        text.remove_suffix(1);
        if (text.ends_with('\r')) {
            text.remove_suffix(1);
        }
    }
    secret.shorten(text.size());
    if (secret.empty()) {
        return failure(util::words("the secret from {} is empty", origin));
    }
    if (secret.size() > k_most_bytes) {
        return failure(util::words("the secret from {} has more than {} bytes", origin, k_most_bytes));
    }
    if (secret.reveal().find('\0') != std::string_view::npos) {
        return failure(util::words("the secret from {} has a NUL byte in it", origin));
    }
    return secret;
}

/// Reads straight into locked memory, so that no buffer of the standard library keeps a copy.
Expected<Secret> drained(int descriptor, const util::Words& origin, std::size_t most) {
    Secret secret = Secret::of_size(most);
    std::span<char> rest = secret.bytes();
    while (!rest.empty()) {
        const ssize_t got = ::read(descriptor, rest.data(), rest.size());
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return failure(util::words("cannot read the secret from {}: {}", origin, util::reason(errno)));
        }
        if (got == 0) {
            break;
        }
        rest = rest.subspan(static_cast<std::size_t>(got));
    }
    secret.shorten(secret.size() - rest.size());
    return secret;
}

constexpr std::string_view k_stdin = "standard input";

/// The whole content of a source as one secret.
Expected<Secret> whole(int descriptor, const util::Words& origin) {
    constexpr std::size_t k_line_break = 2;
    auto secret = drained(descriptor, origin, k_most_bytes + k_line_break + 1);
    return secret ? checked(*std::move(secret), origin) : std::move(secret);
}

Expected<std::vector<Secret>> each_line(int descriptor, const util::Words& origin) {
    constexpr std::size_t k_most = 16U << 20U;
    OIDCGEN_TRY(const auto content, drained(descriptor, origin, k_most + 1));
    if (content.empty()) {
        return failure(util::words("{} does not contain a secret", origin));
    }
    if (content.size() > k_most) {
        return failure(util::words("{} has more than {} bytes", origin, k_most));
    }
    std::vector<Secret> secrets;
    for (std::string_view rest = content.reveal(); !rest.empty();) {
        if (secrets.size() == k_most_lines) {
            return failure(util::words("{} has more than {} lines", origin, k_most_lines));
        }
        const std::size_t end = rest.find('\n');
        const std::size_t size = end == std::string_view::npos ? rest.size() : end + 1;
        OIDCGEN_TRY(auto secret,
                    checked(Secret(rest.substr(0, size)), util::words("line {} of {}", secrets.size() + 1, origin)));
        secrets.push_back(std::move(secret));
        rest.remove_prefix(size);
    }
    return secrets;
}

/// What `read` makes of the opened file.
template <class Result>
Expected<Result> opened(const std::filesystem::path& path,
                        Expected<Result> (*read)(int descriptor, const util::Words& origin)) {
    const auto origin = util::words("file '{}'", util::path(path.string()));
    const auto file = util::open_to_read(path);
    if (!file) {
        return failure(util::words("cannot read the secret from {}: {}", origin, file.error().message));
    }
    return read(file->number(), origin);
}

} // namespace

Expected<Secret> from_file(const std::filesystem::path& path) { return opened(path, whole); }

Expected<Secret> from_stdin() { return whole(STDIN_FILENO, util::own(k_stdin)); }

Expected<std::vector<Secret>> each_from_file(const std::filesystem::path& path) { return opened(path, each_line); }

Expected<std::vector<Secret>> each_from_stdin() { return each_line(STDIN_FILENO, util::own(k_stdin)); }

Expected<Secret> from_environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
        return failure("no environment variable of that name is set");
    }
    return checked(Secret(value), util::words("environment variable '{}'", name));
}

Expected<Secret> from_prompt(const std::string& question, Confirm confirm) {
    OIDCGEN_TRY(auto terminal, Terminal::open());
    OIDCGEN_TRY(auto first, terminal.hidden_line(question));
    OIDCGEN_TRY(auto secret, checked(std::move(first), "the terminal"));
    if (confirm == Confirm::no) {
        return secret;
    }
    OIDCGEN_TRY(const auto again, terminal.hidden_line("once more: "));
    if (!secret.equals(again.reveal())) {
        return failure("the two secrets that were typed differ");
    }
    return secret;
}

Expected<Secret> generated(std::size_t length) {
    if (length == 0 || length > k_most_bytes) {
        return failure(util::words("a secret has between 1 and {} characters, not {}", k_most_bytes, length));
    }
    // A byte beyond the last whole multiple of 66 is thrown away, or the first characters would come more often.
    constexpr auto k_even = static_cast<unsigned char>(256 / k_unreserved.size() * k_unreserved.size());
    Secret secret = Secret::of_size(length);
    std::array<unsigned char, 256> random{};
    std::size_t used = random.size();
    for (char& character : secret.bytes()) {
        unsigned char byte = k_even;
        while (byte >= k_even) {
            if (used == random.size()) {
                if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
                    OPENSSL_cleanse(random.data(), random.size());
                    return failure("the system gave no random bytes");
                }
                used = 0;
            }
            byte = random[used++];
        }
        character = k_unreserved[byte % k_unreserved.size()];
    }
    OPENSSL_cleanse(random.data(), random.size());
    return secret;
}

} // namespace oidcgen::secret
