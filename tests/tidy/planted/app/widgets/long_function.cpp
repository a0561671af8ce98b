struct Row {
  int a = 0;
  int b() const { return a; }
};

template <class T>
class Table {
 public:
  Table() : rows_{1, 2} {}

  void draw(T&& row) {  // planted: function_length
    for (int i = 0; i < 3; ++i) {
      if (i == 1) {
        row(i);
      }
    }
    row(4);
    row(5);
    row(6);
    row(7);
  }
  void short_one() {
    run({.a = 1}, [] { return 2; });
  }

 private:
  int rows_[2];
};
