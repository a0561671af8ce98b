#include "app/state/view.hpp"

class Table {
 public:
  explicit Table(int a) : rows_{a, 2},  // planted: function_length
                          other_{a} {
    rows_[0] = 3;
    rows_[0] = 4;
    rows_[0] = 5;
    rows_[0] = 6;
    rows_[0] = 7;
    rows_[0] = 8;
    rows_[0] = 9;
    rows_[0] = 10;
    rows_[0] = 11;
  }

 private:
  int rows_[2];
  int other_;
};
