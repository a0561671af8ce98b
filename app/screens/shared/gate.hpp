#pragma once
#include "app/state/commands.hpp"
#include "app/widgets/choice.hpp"

// What stands before the first record: enrolling the tablet, its PIN, and what keeps the records from being opened.
namespace ruhu {

/// Whatever the gate shows at the moment, over the whole window.
void draw_gate(Ui& ui, const Rect& rect, const GateState& state, Inputs& inputs, CommandQueue& out);

void draw_welcome_screen(Ui& ui, const Rect& rect, const GateState& state, WelcomeInput& input, CommandQueue& out);
void draw_unlock_screen(Ui& ui, const Rect& rect, const GateState& state, UnlockInput& input, CommandQueue& out);
void draw_trouble_screen(Ui& ui, const Rect& rect, const GateState& state, CommandQueue& out);

inline constexpr float kLanguages = 216;  ///< Units that the two languages need.
/// The two languages, in the column; `id` + ".zh-CN" and ".en".
void gate_language(Ui& ui, const std::string& id, CommandQueue& out);

/// The same at the right end of a line of their own.
void gate_language_row(Ui& ui, const std::string& id, CommandQueue& out);

}  // namespace ruhu
