# TODO this is never finished  # planted: unfinished
HOME = "/home/somebody/checkout"  # planted: home_path


def long_function():  # planted: function_length
    a = 1
    a = 2
    a = 3
    a = 4
    a = 5
    a = 6
    a = 7
    a = 8
    a = 9
    return a
