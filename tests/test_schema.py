from django.core.management import call_command


def test_the_schema_of_the_api_is_valid_and_complete(tmp_path):
    call_command("spectacular", file=str(tmp_path / "schema.yml"), validate=True, fail_on_warn=True)
