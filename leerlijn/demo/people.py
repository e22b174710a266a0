"""Who walks through the demo. All names are invented."""

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from participants.models import Role, User

STAFF = {
    "beoordelaar": "Roos Hendriks",
    "beoordelaar2": "Anton Plein",
    "coordinator": "Ellen Brouwer",
    "beheer": "Mila Beheer",
    "trainer": "Karima Zahir",
}
FIRST = {"deelnemer": "Marisol Martina", "deelnemer2": "Yusuf Demirel"}
RUNNING = [
    "Glenda Pinas",
    "Farida Chafik",
    "Henk Veldhuis",
    "Abel Oduya",
    "Łucja Nowicka",
    "İpek Yıldız",
    "Trần Thị Diễm",
    "Sjoerd van 't Hek",
    "Wilhelmina de Bruin-Oyelaran",
    "Zoë Stoker",
    "Ramon Lont",
    "Noor Bouazza",
    "Jürgen Ament",
    "Fatoumata Sow",
    "Dirk-Jan Mulder",
    "Shanice Ooft",
    "Björn Aaltink",
    "Meryem Aksoy",
    "Peter Huisman",
    "Sunita Ramdin",
    "Osman Warsame",
    "Carla Vink",
]
FINISHED = [
    "Bea Tromp",
    "Hamza Idrissi",
    "Cheyenne Kromo",
    "Willem van der Steen",
    "Nadia Öztürk",
    "Joyce Amoah",
    "Rik Schouten",
    "Esther Blom",
    "Paulo Mendes",
    "Tineke Visser",
]


def make(password):
    """Every person of the demo by the part of the address before the @, or by name."""
    hashed = make_password(password)  # once: hashing is slow on purpose
    known = {**FIRST, **STAFF}
    people = {key: _person(f"{key}@leerlijn.example", name, hashed) for key, name in known.items()}
    for name in [*RUNNING, *FINISHED]:
        people[name] = _person(f"{_mailbox(name)}@leerlijn.example", name, hashed)
    Role.objects.create(user=people["coordinator"], kind=Role.Kind.COORDINATOR)
    Role.objects.create(user=people["beheer"], kind=Role.Kind.ADMINISTRATOR)
    return people


def _person(email, name, hashed):
    return User.objects.create(email=email, name=name, password=hashed, is_demo=True)


def _mailbox(name):
    plain = name.translate(str.maketrans("łŁıİøđ'", "lLiIod "))
    return slugify(plain).replace("-", ".")
