"""The program's one start: a child at work (before any other import), or the command line and the window."""

import sys


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        from mama_desktop.child import serve

        serve()
        return
    from mama_desktop.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
