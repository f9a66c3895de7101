"""The program's one start: a child at work (before any other import), or the command line and the window."""

import gc
import sys


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        from mama_desktop.child import serve

        serve()
        return
    # What is imported is never garbage: looking for some after every 700 objects costs a tenth of the start.
    gc.set_threshold(50_000, 20, 100)
    from mama_desktop.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
