#include "secret/secret.hpp"

#include "util/assert.hpp"

#include <openssl/crypto.h>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <utility>

namespace oidcgen::secret {

Secret::Secret(std::string_view bytes)
    : Secret(of_size(bytes.size())) {
    std::ranges::copy(bytes, m_data);
}

Secret::Secret(Secret&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_mapped(std::exchange(other.m_mapped, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        release();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_mapped = std::exchange(other.m_mapped, 0);
    }
    return *this;
}

Secret::~Secret() { release(); }

Secret Secret::of_size(std::size_t size) {
    Secret made;
    if (size == 0) {
        return made;
    }
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t mapped = (size + page - 1) / page * page;
    if (mapped < size) {
        throw std::bad_alloc();
    }
    void* pages = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) { // NOLINT(performance-no-int-to-ptr): the system's own macro
        throw std::bad_alloc();
    }
    // Both may be forbidden (RLIMIT_MEMLOCK, old kernels); the value is then still wiped.
    static_cast<void>(::mlock(pages, mapped));
    static_cast<void>(::madvise(pages, mapped, MADV_DONTDUMP));
    made.m_data = static_cast<char*>(pages);
    made.m_size = size;
    made.m_mapped = mapped;
    return made;
}

void Secret::shorten(std::size_t size) {
    OIDCGEN_ASSERT(size <= m_size);
    if (size < m_size) {
        OPENSSL_cleanse(m_data + size, m_size - size);
        m_size = size;
    }
}

bool Secret::equals(std::string_view bytes) const {
    return bytes.size() == m_size && (m_size == 0 || CRYPTO_memcmp(bytes.data(), m_data, m_size) == 0);
}

void Secret::release() noexcept {
    if (m_data != nullptr) {
        OPENSSL_cleanse(m_data, m_mapped);
        ::munmap(m_data, m_mapped);
        m_data = nullptr;
        m_size = 0;
        m_mapped = 0;
    }
}

} // namespace oidcgen::secret
