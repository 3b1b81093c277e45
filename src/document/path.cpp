#include "document/path.hpp"

#include <utility>

namespace oidcgen::document {

PathId::Step::~Step() {
    // Not by recursion: a long path would need as many stack frames as it has steps.
    while (before != nullptr && before.use_count() == 1) {
        before = std::exchange(before->before, nullptr);
    }
}

PathId PathId::behind(std::shared_ptr<Step> step) const {
    PathId result(m_node);
    step->before = m_last;
    result.m_last = std::move(step);
    return result;
}

PathId PathId::child(std::string_view key) const {
    auto step = std::make_shared<Step>();
    step->key = key;
    return behind(std::move(step));
}

PathId PathId::child(std::size_t index) const {
    auto step = std::make_shared<Step>();
    step->index = index;
    step->is_index = true;
    return behind(std::move(step));
}

} // namespace oidcgen::document
