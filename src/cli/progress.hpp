#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <iosfwd>
#include <mutex>
#include <string>
#include <thread>

namespace oidcgen::cli {

/// A line that tells a waiting person how far the work is, as long as this lives: only when standard error is a
/// terminal, and only from the second second on. Nothing else may write to `err` meanwhile; the line is gone
/// afterwards.
class Progress {
  public:
    /// `what` in the present: `making digests`. With a `total`, the line says how many of them are done.
    Progress(std::ostream& err, std::string what, std::size_t total = 0);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    /// To be counted up, from any thread.
    [[nodiscard]] std::atomic<std::size_t>& done() { return m_done; }

  private:
    void show();

    std::ostream& m_err;
    std::string m_what;
    std::size_t m_total;
    std::atomic<std::size_t> m_done = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_over = false;
    std::thread m_thread;
};

} // namespace oidcgen::cli
