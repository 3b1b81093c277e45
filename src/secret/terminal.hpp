#pragma once

#include "secret/secret.hpp"
#include "util/error.hpp"

#include <string_view>

namespace oidcgen::secret {

/// The controlling terminal, whatever standard input and output are.
class Terminal {
  public:
    [[nodiscard]] static util::Expected<Terminal> open();
    Terminal(Terminal&& other) noexcept;
    Terminal& operator=(Terminal&&) = delete;
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal();

    /// Prints the question and reads a line with the echo off; the line break is not part of it. Signals that end or
    /// stop the process wait until the terminal is as it was; after a stop the question comes again.
    [[nodiscard]] util::Expected<Secret> hidden_line(std::string_view question);

  private:
    explicit Terminal(int descriptor)
        : m_descriptor(descriptor) {}

    int m_descriptor;
};

} // namespace oidcgen::secret
