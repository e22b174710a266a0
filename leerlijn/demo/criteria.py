"""The ten criteria of the final interview, in words for who prepares for it and for who asks."""

CRITERIA = [
    {
        "title": "Eigen ervaring inzetten",
        "explanation": "Je vertelt over je eigen ervaring als dat de ander helpt.",
        "example_question": "Wanneer vertelde je iets over jezelf? Wat deed dat met de ander?",
        "hint": "Denk ook aan een keer dat je het juist niet vertelde, en waarom.",
    },
    {
        "title": "Aansluiten bij de leefwereld",
        "explanation": "Je begint bij wat er voor de bewoner toe doet.",
        "example_question": "Hoe merkte je wat voor deze bewoner belangrijk was?",
        "hint": "Vertel wat je zag of hoorde, en wat je daarna anders deed.",
    },
    {
        "title": "Verbindend en oordeelloos communiceren",
        "explanation": "Je luistert zonder te oordelen.",
        "example_question": "Wanneer vond je iets van een ander, en bleef je toch luisteren?",
        "hint": "Wat dacht je? Wat zei je? Hoe ging het gesprek verder?",
    },
    {
        "title": "Betere vragen stellen",
        "explanation": "Je stelt open vragen en vraagt door.",
        "example_question": "Welke vraag van jou bracht iemand verder?",
        "hint": "Schrijf de vraag op zoals je hem stelde. Wat was het antwoord?",
    },
    {
        "title": "Grenzen stellen en goed voor jezelf zorgen",
        "explanation": "Je merkt wat te veel is en zegt dat.",
        "example_question": "Wanneer zei je nee, of vroeg je om hulp?",
        "hint": "Waaraan merkte je dat het te veel werd? Wat deed je toen?",
    },
    {
        "title": "Samenwerken in de groep en het buurtteam",
        "explanation": "Je weet wat je aan elkaar hebt.",
        "example_question": "Wat deed je samen met een collega dat je alleen niet was gelukt?",
        "hint": "Wat deed jij, en wat deed de ander? Noem geen namen.",
    },
    {
        "title": "Je rol en meerwaarde laten zien",
        "explanation": "Je legt uit wat een ervaringsdeskundige toevoegt.",
        "example_question": "Hoe legde je aan een collega uit wat jij komt doen?",
        "hint": "Kies een moment waarop jij iets kon wat een ander niet kon.",
    },
    {
        "title": "Het andere geluid laten horen",
        "explanation": "Je zegt wat anderen niet zien of niet zeggen.",
        "example_question": "Wanneer zei je iets wat niemand anders zei? Hoe werd dat ontvangen?",
        "hint": "Het mag klein zijn: één zin in een overleg is al een voorbeeld.",
    },
    {
        "title": "Stigma herkennen en doorbreken",
        "explanation": "Je ziet wanneer iemand een etiket krijgt.",
        "example_question": "Wanneer hoorde je een vooroordeel? Wat deed je ermee?",
        "hint": "Stigma is een etiket dat iemand krijgt. Wat gebeurde er na jouw reactie?",
    },
    {
        "title": "Terugkijken en je eigen leren sturen",
        "explanation": "Je weet wat je leerde en wat je nog wilt leren.",
        "example_question": "Wat doe je nu anders dan aan het begin van de leerlijn?",
        "hint": "Kijk in je persoonlijk ontwikkelingsplan (POP): welk leerdoel is gelukt?",
    },
]
