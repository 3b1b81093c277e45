#include "apps/immich/sections.hpp"

#include "apps/immich/keys.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::apps::immich {

namespace {

using oidc::Key;
using oidc::ValueType;

// server/src/config.ts, https://github.com/immich-app/immich/blob/main/server/src/config.ts, and its history.

constexpr std::array k_backup{
    OtherKey{"database.enabled"},
    OtherKey{"database.cronExpression"},
    OtherKey{"database.keepLastAmount"},
};

constexpr std::array k_ffmpeg{
    OtherKey{"crf"},
    OtherKey{"threads"},
    OtherKey{"preset"},
    OtherKey{"targetVideoCodec"},
    OtherKey{"acceptedVideoCodecs", {{1, 96, 0}}},
    OtherKey{"targetAudioCodec"},
    OtherKey{"acceptedAudioCodecs", {{1, 96, 0}}},
    OtherKey{"acceptedContainers", {{1, 107, 0}}},
    OtherKey{"targetResolution"},
    OtherKey{"maxBitrate"},
    OtherKey{"bframes"},
    OtherKey{"refs"},
    OtherKey{"gopSize"},
    OtherKey{"npl", {{}, {1, 120, 0}}},
    OtherKey{"temporalAQ"},
    OtherKey{"cqMode"},
    OtherKey{"twoPass"},
    OtherKey{"preferredHwDevice", {{1, 92, 0}}},
    OtherKey{"transcode"},
    OtherKey{"tonemap"},
    OtherKey{"accel"},
    OtherKey{"accelDecode", {{1, 105, 0}}},
    OtherKey{"realtime.enabled", {{3, 0, 0, 0}}},
    OtherKey{"realtime.videoCodecs", {{3, 1, 0}}},
    OtherKey{"realtime.resolutions", {{3, 1, 0}}},
};

constexpr std::array k_integrity_checks{
    OtherKey{"missingFiles.enabled"},    OtherKey{"missingFiles.cronExpression"},
    OtherKey{"untrackedFiles.enabled"},  OtherKey{"untrackedFiles.cronExpression"},
    OtherKey{"checksumFiles.enabled"},   OtherKey{"checksumFiles.cronExpression"},
    OtherKey{"checksumFiles.timeLimit"}, OtherKey{"checksumFiles.percentageLimit"},
};

constexpr std::array k_job{
    OtherKey{"backgroundTask.concurrency"},
    OtherKey{"clipEncoding.concurrency", {{}, {1, 95, 0}}},
    OtherKey{"smartSearch.concurrency", {{1, 93, 0}}},
    OtherKey{"metadataExtraction.concurrency"},
    OtherKey{"objectTagging.concurrency", {{}, {1, 93, 0}}},
    OtherKey{"recognizeFaces.concurrency", {{}, {1, 94, 0}}},
    OtherKey{"faceDetection.concurrency", {{1, 93, 0}}},
    OtherKey{"search.concurrency"},
    OtherKey{"sidecar.concurrency"},
    OtherKey{"library.concurrency"},
    OtherKey{"migration.concurrency"},
    OtherKey{"storageTemplateMigration.concurrency", {{}, {1, 92, 0}}},
    OtherKey{"thumbnailGeneration.concurrency"},
    OtherKey{"videoConversion.concurrency"},
    OtherKey{"notifications.concurrency", {{1, 104, 0}}},
    OtherKey{"ocr.concurrency", {{2, 2, 0}}},
    OtherKey{"workflow.concurrency", {{2, 3, 0}}},
    OtherKey{"integrityCheck.concurrency", {{3, 0, 0, 0}}},
    OtherKey{"editor.concurrency", {{2, 5, 0}}},
};

constexpr std::array k_logging{
    OtherKey{"enabled"},
    OtherKey{"level"},
};

constexpr std::array k_machine_learning{
    OtherKey{"enabled"},
    OtherKey{"url", {{}, {1, 122, 0}}},
    OtherKey{"urls", {{1, 122, 0}}},
    OtherKey{"availabilityChecks.enabled", {{1, 143, 0}}},
    OtherKey{"availabilityChecks.timeout", {{1, 143, 0}}},
    OtherKey{"availabilityChecks.interval", {{1, 143, 0}}},
    OtherKey{"classification.enabled", {{}, {1, 94, 0}}},
    OtherKey{"classification.modelName", {{}, {1, 94, 0}}},
    OtherKey{"classification.minScore", {{}, {1, 94, 0}}},
    OtherKey{"clip.enabled"},
    OtherKey{"clip.mode", {{}, {1, 105, 0}}},
    OtherKey{"clip.modelName"},
    OtherKey{"duplicateDetection.enabled", {{1, 105, 0}}},
    OtherKey{"duplicateDetection.maxDistance", {{1, 105, 0}}},
    OtherKey{"facialRecognition.enabled"},
    OtherKey{"facialRecognition.modelName"},
    OtherKey{"facialRecognition.minScore"},
    OtherKey{"facialRecognition.maxDistance"},
    OtherKey{"facialRecognition.minFaces"},
    OtherKey{"ocr.enabled", {{2, 2, 0}}},
    OtherKey{"ocr.modelName", {{2, 2, 0}}},
    OtherKey{"ocr.minDetectionScore", {{2, 2, 0}}},
    OtherKey{"ocr.minRecognitionScore", {{2, 2, 0}}},
    OtherKey{"ocr.maxResolution", {{2, 2, 0}}},
};

constexpr std::array k_map{
    OtherKey{"enabled"},
    OtherKey{"tileUrl", {{}, {1, 91, 0}}},
    OtherKey{"lightStyle", {{1, 91, 0}}},
    OtherKey{"darkStyle", {{1, 91, 0}}},
};

constexpr std::array k_reverse_geocoding{
    OtherKey{"enabled"},
};

constexpr std::array k_metadata{
    OtherKey{"faces.import"},
};

constexpr std::array k_password_login{
    Key{.path = "enabled", .type = ValueType::boolean, .default_value = "true"},
};

constexpr std::array k_storage_template{
    OtherKey{"enabled", {{1, 92, 0}}},
    OtherKey{"hashVerificationEnabled", {{1, 92, 0}}},
    OtherKey{"template"},
};

constexpr std::array k_image{
    OtherKey{"thumbnailFormat", {{1, 102, 0}, {1, 117, 0}}},
    OtherKey{"thumbnailSize", {{1, 102, 0}, {1, 117, 0}}},
    OtherKey{"previewFormat", {{1, 102, 0}, {1, 117, 0}}},
    OtherKey{"previewSize", {{1, 102, 0}, {1, 117, 0}}},
    OtherKey{"quality", {{1, 102, 0}, {1, 117, 0}}},
    OtherKey{"thumbnail.format", {{1, 117, 0}}},
    OtherKey{"thumbnail.size", {{1, 117, 0}}},
    OtherKey{"thumbnail.quality", {{1, 117, 0}}},
    OtherKey{"thumbnail.progressive", {{2, 5, 0}}},
    OtherKey{"preview.format", {{1, 117, 0}}},
    OtherKey{"preview.size", {{1, 117, 0}}},
    OtherKey{"preview.quality", {{1, 117, 0}}},
    OtherKey{"preview.progressive", {{2, 5, 0}}},
    OtherKey{"colorspace"},
    OtherKey{"extractEmbedded"},
    OtherKey{"fullsize.enabled", {{1, 131, 0}}},
    OtherKey{"fullsize.format", {{1, 131, 0}}},
    OtherKey{"fullsize.quality", {{1, 131, 0}}},
    OtherKey{"fullsize.progressive", {{2, 5, 0}}},
};

/// Until 1.101 what `image` holds now.
constexpr std::array k_thumbnail{
    OtherKey{"webpSize"},
    OtherKey{"jpegSize"},
    OtherKey{"quality"},
    OtherKey{"colorspace"},
};

constexpr std::array k_new_version_check{
    OtherKey{"enabled"},
    OtherKey{"channel", {{3, 0, 0, 0}}},
};

constexpr std::array k_nightly_tasks{
    OtherKey{"startTime"},      OtherKey{"databaseCleanup"},   OtherKey{"generateMemories"},
    OtherKey{"syncQuotaUsage"}, OtherKey{"missingThumbnails"}, OtherKey{"clusterNewFaces"},
};

constexpr std::array k_trash{
    OtherKey{"enabled"},
    OtherKey{"days"},
};

constexpr std::array k_theme{
    OtherKey{"customCss"},
};

constexpr std::array k_library{
    OtherKey{"scan.enabled"},
    OtherKey{"scan.cronExpression"},
    OtherKey{"watch.enabled", {{1, 94, 0}}},
    OtherKey{"watch.usePolling", {{1, 94, 0}, {1, 97, 0}}},
    OtherKey{"watch.interval", {{1, 94, 0}, {1, 97, 0}}},
};

constexpr std::array k_server{
    Key{.path = "externalDomain", .type = ValueType::url, .default_value = "\"\""},
    Key{.path = "loginPageMessage", .default_value = "\"\""},
    Key{.path = "publicUsers", .type = ValueType::boolean, .default_value = "true", .versions = {{1, 122, 0}}},
};

constexpr std::array k_notifications{
    OtherKey{"smtp.enabled"},
    OtherKey{"smtp.from"},
    OtherKey{"smtp.replyTo"},
    OtherKey{"smtp.transport.ignoreCert"},
    OtherKey{"smtp.transport.host"},
    OtherKey{"smtp.transport.port"},
    OtherKey{"smtp.transport.secure", {{2, 1, 0}}},
    OtherKey{"smtp.transport.username"},
    OtherKey{"smtp.transport.password"},
};

constexpr std::array k_templates{
    OtherKey{"email.welcomeTemplate"},
    OtherKey{"email.albumInviteTemplate"},
    OtherKey{"email.albumUpdateTemplate"},
};

constexpr std::array k_user{
    OtherKey{"deleteDelay"},
};

const std::array k_sections{
    Section{.name = "backup", .versions = {{1, 120, 0}}, .names = k_backup},
    Section{.name = "ffmpeg", .names = k_ffmpeg},
    Section{.name = "integrityChecks", .versions = {{3, 0, 0, 0}}, .names = k_integrity_checks},
    Section{.name = "job", .names = k_job},
    Section{.name = "logging", .names = k_logging},
    Section{.name = "machineLearning", .names = k_machine_learning},
    Section{.name = "map", .names = k_map},
    Section{.name = "reverseGeocoding", .names = k_reverse_geocoding},
    Section{.name = "metadata", .versions = {{1, 113, 0}}, .names = k_metadata},
    Section{.name = "oauth", .keys = keys()},
    Section{.name = "passwordLogin", .keys = k_password_login},
    Section{.name = "storageTemplate", .names = k_storage_template},
    Section{.name = "image", .versions = {{1, 102, 0}}, .names = k_image},
    Section{.name = "thumbnail", .versions = {{}, {1, 102, 0}}, .names = k_thumbnail},
    Section{.name = "newVersionCheck", .names = k_new_version_check},
    Section{.name = "nightlyTasks", .versions = {{1, 136, 0}}, .names = k_nightly_tasks},
    Section{.name = "trash", .names = k_trash},
    Section{.name = "theme", .names = k_theme},
    Section{.name = "library", .names = k_library},
    Section{.name = "server", .versions = {{1, 92, 0}}, .keys = k_server},
    Section{.name = "notifications", .versions = {{1, 104, 0}}, .names = k_notifications},
    Section{.name = "templates", .versions = {{1, 123, 0}}, .names = k_templates},
    Section{.name = "user", .versions = {{1, 98, 0}}, .names = k_user},
};

} // namespace

std::span<const Section> sections() { return k_sections; }

const Section* find_section(std::string_view name) {
    const auto* const found = std::ranges::find(k_sections, name, &Section::name);
    return found == k_sections.end() ? nullptr : found;
}

} // namespace oidcgen::apps::immich
