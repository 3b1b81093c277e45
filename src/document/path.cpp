#include "document/path.hpp"

#include "util/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace oidcgen::document {

namespace {

std::string unescaped(std::string_view step) {
    std::string result;
    for (std::size_t at = 0; at < step.size(); ++at) {
        const bool is_escape = step[at] == '~' && at + 1 < step.size();
        result += !is_escape ? step[at] : step[++at] == '1' ? '/' : '~';
    }
    return result;
}

} // namespace

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

std::vector<std::string> steps_of(std::string_view pointer) {
    std::vector<std::string> result;
    std::ranges::transform(util::split(pointer, '/'), std::back_inserter(result), unescaped);
    return result;
}

} // namespace oidcgen::document
