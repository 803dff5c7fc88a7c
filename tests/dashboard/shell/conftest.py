from tests.dashboard.shell.pages import throwaway_pages  # noqa: F401
