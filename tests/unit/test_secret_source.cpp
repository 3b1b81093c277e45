#include "files.hpp"
#include "secret/process.hpp"
#include "secret/secret.hpp"
#include "secret/source.hpp"
#include "util/descriptor.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

using namespace oidcgen::secret;
using oidcgen::test::Folder;
using oidcgen::test::put;
using oidcgen::test::Redirected;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

/// A file of that content.
std::filesystem::path with(const Folder& folder, std::string_view content) {
    put(folder / "secret", content);
    return folder / "secret";
}

/// A file opened for reading.
oidcgen::util::Descriptor opened(const std::filesystem::path& path) {
    oidcgen::util::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    REQUIRE(file.open());
    return file;
}

/// A child process with a terminal of its own that asks for a secret: exits 0 when it got `expected`, 1 for another
/// secret, 2 for an error.
class AskingChild {
  public:
    explicit AskingChild(std::string_view expected, Confirm confirm = Confirm::no) {
        m_process = ::forkpty(&m_terminal, nullptr, nullptr, nullptr);
        REQUIRE(m_process >= 0);
        if (m_process == 0) {
            for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM}) {
                std::signal(number, SIG_DFL); // the test framework has handlers of its own
            }
            const auto secret = from_prompt("secret? ", confirm);
            ::_exit(!secret ? 2 : secret->equals(expected) ? 0 : 1);
        }
    }
    AskingChild(const AskingChild&) = delete;
    AskingChild& operator=(const AskingChild&) = delete;
    ~AskingChild() {
        if (m_process > 0) {
            ::kill(m_process, SIGKILL);
            ::waitpid(m_process, nullptr, 0);
        }
        ::close(m_terminal);
    }

    /// Reads until the child has printed that text; false when it ends before.
    bool printed(std::string_view text) {
        while (m_output.find(text) == std::string::npos) {
            pollfd waiting{m_terminal, POLLIN, 0};
            constexpr int k_patience = 20'000; // milliseconds, for a broken program only
            std::array<char, 256> some{};
            if (::poll(&waiting, 1, k_patience) <= 0) {
                return false;
            }
            const ssize_t got = ::read(m_terminal, some.data(), some.size());
            if (got <= 0) {
                return false;
            }
            m_output.append(some.data(), static_cast<std::size_t>(got));
        }
        return true;
    }
    void type(std::string_view text) const {
        REQUIRE(::write(m_terminal, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    void signal(int number) const { ::kill(m_process, number); }
    /// Waits for the end and gives the status of waitpid.
    int status() {
        int result = 0;
        REQUIRE(::waitpid(m_process, &result, 0) == m_process);
        m_process = -1;
        return result;
    }
    [[nodiscard]] bool echoes() const {
        termios state{};
        REQUIRE(::tcgetattr(m_terminal, &state) == 0);
        return (state.c_lflag & ECHO) != 0;
    }
    [[nodiscard]] const std::string& output() const { return m_output; }
    void forget() { m_output.clear(); }

  private:
    pid_t m_process = -1;
    int m_terminal = -1;
    std::string m_output;
};

} // namespace

TEST_CASE("Secret: holds, moves and compares bytes") {
    Secret secret("velvet\0otter"sv);
    CHECK(secret.size() == 12);
    CHECK(secret.reveal() == "velvet\0otter"sv);
    CHECK(secret.equals("velvet\0otter"sv));
    CHECK_FALSE(secret.equals("velvet\0otteR"sv));
    CHECK_FALSE(secret.equals("velvet"));
    CHECK_FALSE(secret.equals(""));

    Secret moved(std::move(secret));
    CHECK(moved.size() == 12);
    Secret assigned("other");
    assigned = std::move(moved);
    CHECK(assigned.reveal() == "velvet\0otter"sv);
    CHECK(Secret().empty());
    CHECK(Secret().equals(""));
    CHECK(Secret("").reveal().empty());

    assigned.shorten(6);
    CHECK(assigned.reveal() == "velvet");
    CHECK(std::string_view(assigned.reveal().data(), 12) == "velvet\0\0\0\0\0\0"sv); // the rest is wiped
}

TEST_CASE("Secret: its memory is left out of core dumps") {
    const Secret secret("velvet");
    std::ifstream maps("/proc/self/smaps");
    const auto address = reinterpret_cast<std::uintptr_t>(secret.reveal().data());
    std::string flags;
    bool inside = false;
    for (std::string line; std::getline(maps, line);) {
        unsigned long from = 0;
        unsigned long to = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx ", &from, &to) == 2) {
            inside = from <= address && address < to;
        } else if (inside && line.starts_with("VmFlags:")) {
            flags = line + " ";
        }
    }
    REQUIRE_FALSE(flags.empty());
    CHECK(flags.find(" dd ") != std::string::npos);
}

TEST_CASE("Secret: its memory is given back") {
    const void* place = nullptr;
    {
        const Secret secret("velvet");
        place = secret.reveal().data();
    }
    CHECK(::msync(const_cast<void*>(place), 1, MS_ASYNC) == -1);
    CHECK(errno == ENOMEM); // not mapped any more
}

TEST_CASE("from_file: drops one line break and keeps everything else") {
    const Folder folder;
    CHECK(from_file(with(folder, "velvet"))->reveal() == "velvet");
    CHECK(from_file(with(folder, "velvet\n"))->reveal() == "velvet");
    CHECK(from_file(with(folder, "velvet\r\n"))->reveal() == "velvet");
    CHECK(from_file(with(folder, "velvet\n\n"))->reveal() == "velvet\n");
    CHECK(from_file(with(folder, "velvet\r"))->reveal() == "velvet\r");
    CHECK(from_file(with(folder, " velvet otter "))->reveal() == " velvet otter ");
    const std::string longest(k_most_bytes, 'v');
    CHECK(from_file(with(folder, longest + "\r\n"))->size() == k_most_bytes);
}

TEST_CASE("from_file: refuses what is no secret, without repeating it") {
    const Folder folder;
    const auto refusal = [&](const std::string& content) {
        const auto secret = from_file(with(folder, content));
        REQUIRE_FALSE(secret);
        CHECK(secret.error().message.text().find("velvet") == std::string::npos);
        return secret.error().message.text();
    };
    CHECK(refusal("").find("empty") != std::string::npos);
    CHECK(refusal("\n").find("empty") != std::string::npos);
    CHECK(refusal("velvet\0otter"s).find("NUL") != std::string::npos);
    CHECK(refusal(std::string(k_most_bytes + 1, 'v')).find("65536") != std::string::npos);
    CHECK(refusal(std::string(k_most_bytes * 3, 'v')).find("65536") != std::string::npos);
    const auto missing = from_file(folder.path() / "none");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message.text().find((folder.path() / "none").string()) != std::string::npos);
    CHECK_FALSE(from_file(folder.path()));
    CHECK(from_file("/dev/zero").error().message.text() ==
          "cannot read the secret from file '/dev/zero': it is a device, where a file is expected");
    CHECK_FALSE(each_from_file("/dev/zero"));
}

TEST_CASE("from_stdin: reads to the end") {
    const Folder folder;
    const auto file = opened(with(folder, "velvet otter\n"));
    const Redirected input(STDIN_FILENO, file.number());
    CHECK(from_stdin()->reveal() == "velvet otter");
    CHECK_FALSE(from_stdin()); // nothing is left
}

TEST_CASE("from_environment: by name") {
    ::setenv("OIDCGEN_TEST_SECRET", "velvet\n", 1);
    CHECK(from_environment("OIDCGEN_TEST_SECRET")->reveal() == "velvet");
    ::setenv("OIDCGEN_TEST_SECRET", "", 1);
    CHECK_FALSE(from_environment("OIDCGEN_TEST_SECRET"));
    ::unsetenv("OIDCGEN_TEST_SECRET");
    const auto missing = from_environment("OIDCGEN_TEST_SECRET");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message.text().find("OIDCGEN_TEST_SECRET") ==
          std::string::npos); // it may be the secret by mistake
}

TEST_CASE("each_from_file: one secret a line") {
    const Folder folder;
    const auto secrets = each_from_file(with(folder, "velvet\n otter \r\nthird"));
    REQUIRE(secrets);
    REQUIRE(secrets->size() == 3);
    CHECK(secrets->at(0).reveal() == "velvet");
    CHECK(secrets->at(1).reveal() == " otter ");
    CHECK(secrets->at(2).reveal() == "third");
    CHECK(each_from_file(with(folder, "velvet\n"))->size() == 1);
    std::string most;
    for (std::size_t i = 0; i < k_most_lines; ++i) {
        most += "v\n";
    }
    CHECK(each_from_file(with(folder, most))->size() == k_most_lines);

    const auto refusal = [&](const std::string& content) {
        const auto refused = each_from_file(with(folder, content));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message.text().find("velvet") == std::string::npos);
        return refused.error().message.text();
    };
    CHECK(refusal("").find("does not contain a secret") != std::string::npos);
    CHECK(refusal("velvet\n\nvelvet\n").find("line 2") != std::string::npos);
    CHECK(refusal("velvet\n\r\n").find("line 2") != std::string::npos);
    CHECK(refusal("a\nb\nvel\0vet"s).find("line 3") != std::string::npos);
    CHECK(refusal("a\n" + std::string(k_most_bytes + 1, 'v')).find("line 2") != std::string::npos);
    CHECK(refusal(most + "v").find("10000 lines") != std::string::npos);
    CHECK(refusal(std::string((16U << 20U) + 1, 'v')).find("bytes") != std::string::npos);
    CHECK_FALSE(each_from_file(folder.path() / "none"));
    CHECK_FALSE(each_from_file(folder.path()));
}

TEST_CASE("each_from_stdin: reads to the end") {
    const Folder folder;
    const auto file = opened(with(folder, "velvet\notter\n"));
    const Redirected input(STDIN_FILENO, file.number());
    CHECK(each_from_stdin()->size() == 2);
    CHECK_FALSE(each_from_stdin()); // nothing is left
}

TEST_CASE("keep_memory_private: a crash leaves no core dump") {
    const Folder folder;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const bool went = ::chdir(folder.path().c_str()) == 0;
        keep_memory_private();
        rlimit limit{};
        const bool limited = ::getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
        const bool hidden = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
        std::signal(SIGABRT, SIG_DFL); // the test framework has a handler of its own
        ::raise(went && limited && hidden ? SIGABRT : SIGTERM);
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
    CHECK_FALSE(WCOREDUMP(status));
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("generated: unreserved characters, all of them, about as often") {
    constexpr std::string_view k_unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    const auto secret = generated(k_most_bytes);
    REQUIRE(secret);
    std::array<int, 256> count{};
    for (const char character : secret->reveal()) {
        ++count.at(static_cast<unsigned char>(character));
    }
    int total = 0;
    for (const char character : k_unreserved) {
        // 993 are expected, with a deviation of 31; bytes taken modulo 66 would give 1024 and 768.
        CHECK(count.at(static_cast<unsigned char>(character)) > 800);
        total += count.at(static_cast<unsigned char>(character));
    }
    CHECK(total == static_cast<int>(k_most_bytes));
    CHECK(generated()->size() == 72);
    CHECK_FALSE(generated()->equals(generated()->reveal()));
    CHECK(generated(1)->size() == 1);
    CHECK_FALSE(generated(0));
    CHECK_FALSE(generated(k_most_bytes + 1));
}

TEST_CASE("from_prompt: reads a line that is not shown") {
    AskingChild child("velvet otter");
    REQUIRE(child.printed("secret? "));
    CHECK_FALSE(child.echoes());
    child.type("velvet otter\n");
    const int status = child.status();
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(child.echoes());
    child.printed("there is no such text"); // reads what is left
    CHECK(child.output().find("velvet") == std::string::npos);
}

TEST_CASE("from_prompt: asks twice and compares") {
    const auto exit_code = [](std::string_view second) {
        AskingChild child("velvet", Confirm::yes);
        REQUIRE(child.printed("secret? "));
        child.type("velvet\n");
        REQUIRE(child.printed("once more: "));
        CHECK_FALSE(child.echoes());
        child.type(second);
        const int status = child.status();
        CHECK(child.echoes());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    CHECK(exit_code("velvet\n") == 0);
    CHECK(exit_code("velveT\n") == 2);
}

TEST_CASE("from_prompt: nothing typed is an error") {
    for (const std::string_view typed : {"\n"sv, "\x04"sv}) {
        AskingChild child("");
        REQUIRE(child.printed("secret? "));
        child.type(typed);
        const int status = child.status();
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 2);
        CHECK(child.echoes());
    }
}

TEST_CASE("from_prompt: a signal ends the process after the echo is back") {
    SUBCASE("interrupt key") {
        AskingChild child("");
        REQUIRE(child.printed("secret? "));
        child.type("vel\x03");
        const int status = child.status();
        CHECK(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == SIGINT);
        CHECK(child.echoes());
    }
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM}) {
        CAPTURE(number);
        AskingChild child("");
        REQUIRE(child.printed("secret? "));
        CHECK_FALSE(child.echoes());
        child.signal(number);
        const int status = child.status();
        CHECK(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == number);
        CHECK(child.echoes());
    }
}

TEST_CASE("from_prompt: asks again, still without echo, after the process was stopped and continued") {
    for (const int number : {SIGTSTP, SIGCONT}) {
        CAPTURE(number);
        AskingChild child("velvet");
        REQUIRE(child.printed("secret? "));
        child.forget();
        child.signal(number); // the child leads its session, so that SIGTSTP does not really stop it
        REQUIRE(child.printed("secret? "));
        CHECK_FALSE(child.echoes());
        child.type("velvet\n");
        const int status = child.status();
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);
        CHECK(child.echoes());
    }
}

TEST_CASE("from_prompt: without a terminal it is an error") {
    const pid_t process = ::fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        ::setsid();
        const auto secret = from_prompt("secret? ", Confirm::no);
        ::_exit(secret ? 1 : 0);
    }
    int status = 0;
    REQUIRE(::waitpid(process, &status, 0) == process);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
