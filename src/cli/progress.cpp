#include "cli/progress.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace oidcgen::cli {

Progress::Progress(std::ostream& err, std::string what, std::size_t total)
    : m_err(err)
    , m_what(std::move(what))
    , m_total(total) {
    if (::isatty(STDERR_FILENO) != 1) {
        return;
    }
    try {
        m_thread = std::thread([this] { show(); });
    } catch (const std::system_error&) {
        return; // no thread to be had: the work goes on without a line
    }
}

Progress::~Progress() {
    if (!m_thread.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Progress::show() {
    using namespace std::chrono_literals;
    const auto start = std::chrono::steady_clock::now();
    std::size_t width = 0;
    std::unique_lock lock(m_mutex);
    for (auto patience = 1000ms; !m_wake.wait_for(lock, patience, [&] { return m_over; }); patience = 200ms) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
        const auto line = m_total == 0
                              ? fmt::format("{}, {} s", m_what, seconds.count())
                              : fmt::format("{}, {} of {}, {} s", m_what, m_done.load(), m_total, seconds.count());
        width = std::max(width, line.size());
        m_err << '\r' << line << std::flush;
    }
    if (width > 0) {
        m_err << '\r' << std::string(width, ' ') << '\r' << std::flush;
    }
}

} // namespace oidcgen::cli
