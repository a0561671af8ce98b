#pragma once

namespace ruhu::test {

/// Takes from a platform's file what came after its third layout, as if a program of then had written it.
inline constexpr const char* kBackToLayoutThree =
    // scopes that change, snapshots
    "ALTER TABLE sys_tablet DROP COLUMN withdrawn; DROP TABLE sys_leave;"
    "DROP TABLE sys_snapshot; DROP TABLE sys_snapshot_chunk;"
    // attachments
    "DROP TABLE sys_content; DROP TABLE sys_content_part; DROP TABLE sys_content_use; DROP TABLE sys_content_namer;"
    "DELETE FROM sys_number WHERE name = 'contents_listed_by';"
    // the desk
    "DROP INDEX sys_case_subject; ALTER TABLE sys_conflict DROP COLUMN rule;"
    "ALTER TABLE sys_conflict DROP COLUMN subject; ALTER TABLE sys_conflict DROP COLUMN note;"
    "DROP TABLE sys_case_record; DROP TABLE sys_match_key; PRAGMA user_version = 3;";

}  // namespace ruhu::test
