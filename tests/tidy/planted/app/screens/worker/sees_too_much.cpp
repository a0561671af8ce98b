#include "app/widgets/button.hpp"
#include "app/state/view.hpp"
#include "storage/store.hpp"  // planted: include
#include "sync/replicator/replicator.hpp"  // planted: include
#include "app/queries/today.hpp"  // planted: include
#include <imgui.h>
#include <thread>  // planted: library

void draw(const Texts& tr) {
  title(tr("today.title"));
  title(tr("today.nowhere"));  // planted: text_undefined
  title(tr("today.half"));  // planted: text_undefined
  title(tr("outcome." + code));
  title(tr("no_such_family." + code));  // planted: text_undefined
  title(text(lang, "today.missing"));  // planted: text_undefined
  // tr("today.in_a_comment") is not used
  Store::Instance().save();  // planted: singleton
}
