#include <algorithm>

#include "platform/base/assert.hpp"
#include "tests/support/fault_disk.hpp"

namespace ruhu::test {
namespace {

constexpr std::size_t kSector = 512;

void write_part(std::string& content, const DiskOp& op, std::size_t from, std::size_t to) {
  if (from >= to) return;
  if (op.offset + to > content.size()) content.resize(op.offset + to);
  content.replace(op.offset + from, to - from, op.text, from, to - from);
}

void apply(std::string& content, const DiskOp& op) {
  if (op.kind == DiskOp::Kind::truncate) {
    content.resize(op.offset);
  } else {
    write_part(content, op, 0, op.text.size());
  }
}

/// Where the write crosses into another sector, as places in its bytes; its begin and its end too.
std::vector<std::size_t> sector_edges(const DiskOp& op) {
  std::vector<std::size_t> edges{0};
  for (std::size_t at = kSector - op.offset % kSector; at < op.text.size(); at += kSector) edges.push_back(at);
  edges.push_back(op.text.size());
  return edges;
}

void apply_torn(std::string& content, const DiskOp& op, Random& random) {
  if (op.kind == DiskOp::Kind::truncate) return;
  const auto edges = sector_edges(op);
  write_part(content, op, 0, edges[random.below(edges.size())]);
}

void apply_by_sectors(std::string& content, const DiskOp& op, double survives, Random& random) {
  if (op.kind == DiskOp::Kind::truncate) {
    if (random.chance(survives)) apply(content, op);
    return;
  }
  // Most writes survive or perish as a whole; some lose single sectors.
  const bool whole = random.chance(0.75);
  if (whole) {
    if (random.chance(survives)) apply(content, op);
    return;
  }
  const auto edges = sector_edges(op);
  for (std::size_t i = 0; i + 1 < edges.size(); ++i)
    if (random.chance(survives)) write_part(content, op, edges[i], edges[i + 1]);
}

/// In order up to somewhere: mostly to the end, where the crash found the disk at work.
void tear(std::vector<std::string>& contents, const std::vector<const DiskOp*>& open, Random& random) {
  if (open.empty()) return;
  const std::size_t last = random.chance(0.5) ? open.size() - 1 : random.below(open.size());
  for (std::size_t i = 0; i < last; ++i) apply(contents[open[i]->file], *open[i]);
  apply_torn(contents[open[last]->file], *open[last], random);
}

void scatter(std::vector<std::string>& contents, const std::vector<const DiskOp*>& open, Random& random) {
  static constexpr double kSurvive[] = {0.25, 0.5, 0.9};
  const double survives = kSurvive[random.below(3)];
  for (const DiskOp* op : open) apply_by_sectors(contents[op->file], *op, survives, random);
}

}  // namespace

CrashWalk::CrashWalk(const DiskJournal& journal) : journal_(journal) {
  for (const auto& [name, content] : journal.before) {
    durable_names_[name] = durable_.size();
    durable_.push_back(content);
  }
  cached_ = durable_;
  cached_names_ = durable_names_;
}

void CrashWalk::go_to(std::size_t ops) {
  RUHU_ASSERT(ops >= at_ && ops <= journal_.ops.size());
  for (; at_ < ops; ++at_) step(journal_.ops[at_]);
}

void CrashWalk::step(const DiskOp& op) {
  switch (op.kind) {
    case DiskOp::Kind::write:
    case DiskOp::Kind::truncate:
      apply(cached_[op.file], op);
      open_.push_back(&op);
      return;
    case DiskOp::Kind::sync: make_durable(op.file); return;
    case DiskOp::Kind::lost_sync: std::erase_if(open_, [&](const DiskOp* o) { return o->file == op.file; }); return;
    case DiskOp::Kind::create:
      cached_.resize(op.file + 1);
      durable_.resize(op.file + 1);
      cached_names_[op.text] = op.file;
      open_names_.push_back(&op);
      return;
    case DiskOp::Kind::remove:
      cached_names_.erase(op.text);
      open_names_.push_back(&op);
      return;
    case DiskOp::Kind::sync_folder:
      durable_names_ = cached_names_;
      open_names_.clear();
      return;
  }
}

void CrashWalk::make_durable(std::size_t file) {
  for (const DiskOp* op : open_)
    if (op->file == file) apply(durable_[file], *op);
  std::erase_if(open_, [&](const DiskOp* op) { return op->file == file; });
}

CrashWalk::Names CrashWalk::names_after(Crash crash, Random& random) const {
  if (crash == Crash::killed) return cached_names_;
  Names names = durable_names_;
  for (const DiskOp* op : open_names_) {
    if (random.chance(0.5)) continue;
    if (op->kind == DiskOp::Kind::create) {
      names[op->text] = op->file;
    } else {
      names.erase(op->text);
    }
  }
  return names;
}

DiskFiles CrashWalk::after(Crash crash, Random& random) const {
  const Names names = names_after(crash, random);
  std::vector<std::string> contents = crash == Crash::killed ? cached_ : durable_;
  if (crash == Crash::torn) tear(contents, open_, random);
  if (crash == Crash::scattered) scatter(contents, open_, random);
  DiskFiles files;
  for (const auto& [name, file] : names) files[name] = std::move(contents[file]);
  return files;
}

}  // namespace ruhu::test
