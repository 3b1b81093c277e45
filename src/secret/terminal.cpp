#include "secret/terminal.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>
#include <variant>

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

namespace oidcgen::secret {
namespace {

using util::Expected;
using util::failure;

std::string reason(int number) { return std::generic_category().message(number); }

/// The signals that would leave the terminal without echo, held back and readable from a descriptor instead. Signals
/// that the process ignores stay ignored.
class HeldSignals {
  public:
    HeldSignals() {
        sigset_t held;
        sigemptyset(&held);
        for (const int number : {SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2}) {
            struct sigaction action {};
            sigaction(number, nullptr, &action);
            if (action.sa_handler != SIG_IGN) { // NOLINT: the system's own macro casts
                sigaddset(&held, number);
            }
        }
        pthread_sigmask(SIG_BLOCK, &held, &m_before);
        m_descriptor = ::signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }

    [[nodiscard]] int descriptor() const { return m_descriptor; }

  private:
    sigset_t m_before{};
    int m_descriptor = -1;
};

/// Echo off, and back to what it was.
class WithoutEcho {
  public:
    explicit WithoutEcho(int terminal)
        : m_terminal(terminal) {
        if (::tcgetattr(terminal, &m_before) != 0) {
            m_terminal = -1;
            return;
        }
        apply();
    }
    WithoutEcho(const WithoutEcho&) = delete;
    WithoutEcho& operator=(const WithoutEcho&) = delete;
    ~WithoutEcho() {
        if (m_terminal >= 0) {
            static_cast<void>(set(m_before));
        }
    }

    void apply() {
        termios hidden = m_before;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
        hidden.c_lflag |= static_cast<tcflag_t>(ICANON | ISIG);
        m_applied = set(hidden);
    }
    [[nodiscard]] bool applied() const { return m_terminal >= 0 && m_applied; }

  private:
    // TCSAFLUSH drops what was typed before the echo went off: it was visible, and is not an answer to the question.
    [[nodiscard]] bool set(const termios& state) const {
        int done = -1;
        do {
            done = ::tcsetattr(m_terminal, TCSAFLUSH, &state);
        } while (done != 0 && errno == EINTR);
        return done == 0;
    }

    int m_terminal;
    termios m_before{};
    bool m_applied = false;
};

void say(int terminal, std::string_view text) {
    while (!text.empty()) {
        const ssize_t put = ::write(terminal, text.data(), text.size());
        if (put < 0 && errno != EINTR) {
            return;
        }
        text.remove_prefix(put > 0 ? static_cast<std::size_t>(put) : 0);
    }
}

struct Signalled {
    int number;
};

/// One attempt: the line, an error, or the signal that ended the wait.
std::variant<Secret, util::Error, Signalled> read_line(int terminal, std::string_view question) {
    const HeldSignals signals;
    WithoutEcho echo(terminal);
    if (!echo.applied() || signals.descriptor() < 0) {
        return util::Error{"cannot switch the terminal's echo off"};
    }
    say(terminal, question);
    // The longest line a terminal takes in this mode is 4095 characters; it drops what comes after without a word.
    constexpr std::size_t k_longest_line = 4095;
    Secret line = Secret::of_size(k_longest_line + 1);
    std::array<pollfd, 2> waiting{pollfd{terminal, POLLIN, 0}, pollfd{signals.descriptor(), POLLIN, 0}};
    for (;;) {
        if (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno == EINTR) {
                continue;
            }
            return util::Error{util::words("cannot read from the terminal: {}", reason(errno))};
        }
        signalfd_siginfo caught{};
        while (::read(signals.descriptor(), &caught, sizeof caught) == sizeof caught) {
            const int number = static_cast<int>(caught.ssi_signo);
            if (number != SIGCONT) {
                return Signalled{number};
            }
            // The shell may have set the terminal to its own liking meanwhile.
            echo.apply();
            say(terminal, question);
        }
        if (waiting[0].revents == 0) {
            continue;
        }
        const ssize_t got = ::read(terminal, line.bytes().data(), line.size());
        if (got < 0) {
            if (errno == EINTR || errno == EAGAIN) {
                continue;
            }
            return util::Error{util::words("cannot read from the terminal: {}", reason(errno))};
        }
        say(terminal, "\n");
        line.shorten(static_cast<std::size_t>(got));
        if (line.empty()) {
            return util::Error{"nothing was typed at the terminal"};
        }
        if (line.size() >= k_longest_line) {
            return util::Error{"the line is too long for a terminal; give the secret in a file"};
        }
        if (line.reveal().ends_with('\n')) {
            line.shorten(line.size() - 1);
        }
        return line;
    }
}

} // namespace

Expected<Terminal> Terminal::open() {
    const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return failure("cannot ask for the secret without a terminal");
    }
    return Terminal(descriptor);
}

Terminal::Terminal(Terminal&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

Terminal::~Terminal() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Expected<Secret> Terminal::hidden_line(std::string_view question) {
    for (;;) {
        auto outcome = read_line(m_descriptor, question);
        if (auto* line = std::get_if<Secret>(&outcome)) {
            return std::move(*line);
        }
        if (auto* error = std::get_if<util::Error>(&outcome)) {
            return tl::unexpected(std::move(*error));
        }
        // The terminal is as it was and the signal no longer held: now it may do what it does.
        const int number = std::get<Signalled>(outcome).number;
        say(m_descriptor, "\n");
        ::raise(number);
        if (number != SIGTSTP && number != SIGALRM && number != SIGUSR1 && number != SIGUSR2) {
            return failure("interrupted while asking for the secret");
        }
    }
}

} // namespace oidcgen::secret
