from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Serve what browsers ask for, not the sources that npm packages carry along."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.json",
        "*.md",
        "*.scss",
        "*.ts",
        "LICENSE*",
        "rest_framework",  # the pages of its browsable API; ours speaks JSON only
        "scss",
    ]
