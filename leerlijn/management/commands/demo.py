from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates import demo_key
from leerlijn import demo
from leerlijn.demo.people import FIRST, STAFF


class Command(BaseCommand):
    help = "Fill an empty database with a demo of invented people. Safe to repeat."

    def handle(self, **options):
        # Who applied in the demo since it was made came to visit, and is no reason to stay away.
        if not demo.exists():
            if demo.real_people().exists():
                raise CommandError("There are real people in this database: the demo stays away.")
            demo_key.make()
            demo.build(timezone.localdate())
        demo.give_second_factors()  # a demo that was made before there were any
        self.stdout.write("Log in met een van deze adressen; het wachtwoord is steeds hetzelfde:")
        for key, name in {**FIRST, **STAFF}.items():
            self.stdout.write(f"  {key}@leerlijn.example".ljust(34) + name)
        self.stdout.write(f"  wachtwoord: {demo.PASSWORD}")
        self.stdout.write(
            "Wie een rol heeft, typt ook een code over. Die staat op de bladzijde bij"
        )
        self.stdout.write("het inloggen, en komt uit dit commando:")
        self.stdout.write("  .venv/bin/python manage.py demo_code coordinator@leerlijn.example")
