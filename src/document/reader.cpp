#include "document/reader.hpp"

#include "document/builder.hpp"
#include "document/excerpt.hpp"
#include "document/hole_filler.hpp"
#include "document/utf8.hpp"
#include "util/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace oidcgen::document {

namespace {

enum class ByteOrder { little, big };

/// UTF-16 after its byte order mark as UTF-8; stops at what is not UTF-16. `is_whole` says whether it got to the end.
std::string from_utf16(std::string_view text, ByteOrder order, bool& is_whole) {
    std::string result;
    result.reserve(text.size());
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(text[at]);
        const auto second = static_cast<unsigned char>(text[at + 1]);
        return static_cast<std::uint32_t>(order == ByteOrder::little ? first | second << 8 : first << 8 | second);
    };
    is_whole = false;
    std::size_t at = 0;
    while (at + 1 < text.size()) {
        std::uint32_t point = unit(at);
        at += 2;
        if (point >= 0xDC00 && point < 0xE000) {
            return result;
        }
        if (point >= 0xD800 && point < 0xDC00) {
            if (at + 1 >= text.size() || unit(at) < 0xDC00 || unit(at) >= 0xE000) {
                return result;
            }
            point = 0x10000 + ((point - 0xD800) << 10U) + (unit(at) - 0xDC00);
            at += 2;
        }
        append_code_point(result, point);
    }
    is_whole = at == text.size();
    return result;
}

/// How many bytes at the front of invalid UTF-8 become one replacement character (the Encoding Standard's way).
std::size_t broken_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t wanted = lead >= 0xF0 && lead <= 0xF4  ? 3
                         : lead >= 0xE0 && lead < 0xF0 ? 2
                         : lead >= 0xC2 && lead < 0xE0 ? 1
                                                       : 0;
    std::size_t length = 1;
    unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    while (wanted > 0 && length < text.size()) {
        const auto byte = static_cast<unsigned char>(text[length]);
        if (byte < least || byte > most) {
            break;
        }
        least = 0x80;
        most = 0xBF;
        ++length;
        --wanted;
    }
    return length;
}

std::string with_replacements(std::string_view text, std::size_t first_broken) {
    std::string result(text.substr(0, first_broken));
    text.remove_prefix(first_broken);
    while (!text.empty()) {
        const std::size_t valid = util::invalid_utf8(text).value_or(text.size());
        result.append(text.substr(0, valid));
        text.remove_prefix(valid);
        if (!text.empty()) {
            result += "\xEF\xBF\xBD";
            text.remove_prefix(broken_length(text));
        }
    }
    return result;
}

struct Decoded {
    std::string text;
    bool is_whole = true;
};

Decoded decoded(std::string text, Dialect dialect) {
    if (dialect == Dialect::go_yaml) {
        const bool is_little = text.starts_with("\xFF\xFE");
        if (is_little || text.starts_with("\xFE\xFF")) {
            Decoded result;
            result.text = from_utf16(std::string_view(text).substr(2), is_little ? ByteOrder::little : ByteOrder::big,
                                     result.is_whole);
            return result;
        }
        return {std::move(text)};
    }
    if (const auto broken = util::invalid_utf8(text)) {
        return {with_replacements(text, *broken)};
    }
    return {std::move(text)};
}

} // namespace

namespace {

std::unique_ptr<Document> read_text(std::string name, std::string text, std::shared_ptr<const Excerpt> excerpt,
                                    Dialect dialect, const Limits& limits, const Fillings* fillings) {
    const bool is_too_large = text.size() > limits.bytes;
    if (is_too_large) {
        text.resize(limits.bytes);
    }
    Decoded content = decoded(std::move(text), dialect);
    if (excerpt != nullptr && content.text != excerpt->text) {
        auto vague = std::make_shared<Excerpt>(*excerpt);
        vague->pieces.clear();
        excerpt = std::move(vague);
    }
    auto document = std::make_unique<Document>(Source(std::move(name), std::move(content.text)), dialect,
                                               limits.js_yaml, std::move(excerpt));
    Builder builder(*document, limits);
    const std::string_view source = document->source().text();
    const auto size = static_cast<std::uint32_t>(source.size());
    const std::size_t nul = dialect == Dialect::go_yaml ? std::string_view::npos : source.find('\0');
    if (is_too_large) {
        builder.fatal(FaultKind::too_large, {}, util::words("the file has more than {} bytes", limits.bytes));
    } else if (nul != std::string_view::npos) {
        // js-yaml looks for these before it reads anything.
        const auto at = static_cast<std::uint32_t>(nul);
        builder.fatal(FaultKind::nul_byte, {at, at + 1}, "a NUL byte: the file is binary, or UTF-16 text");
    } else if (dialect == Dialect::json) {
        static_cast<void>(read_json(builder, JsonFaults::report));
    } else if (dialect != Dialect::js_yaml || !read_json(builder, JsonFaults::leave)) {
        builder.restart();
        read_yaml(builder);
    }
    if (!content.is_whole && !builder.stopped()) {
        builder.fatal(FaultKind::encoding, {size, size}, "not valid UTF-16 from here on");
    }
    builder.finish();
    if (fillings != nullptr && !fillings->empty()) {
        HoleFiller(*document, limits, *fillings).fill();
    }
    return document;
}

} // namespace

std::unique_ptr<Document> read_document(std::string name, std::string text, Dialect dialect, const Limits& limits,
                                        const Fillings* fillings) {
    return read_text(std::move(name), std::move(text), nullptr, dialect, limits, fillings);
}

std::unique_ptr<Document> read_excerpt(std::shared_ptr<const Excerpt> excerpt, Dialect dialect, const Limits& limits,
                                       const Fillings* fillings) {
    auto name = excerpt->outer->source().name();
    auto text = excerpt->text;
    return read_text(std::move(name), std::move(text), std::move(excerpt), dialect, limits, fillings);
}

} // namespace oidcgen::document
