"""L'heure limite : une heure de Paris qui existe une fois, et une seule ; un moment raisonnable de la semaine."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from droit.citation import Article
from droit.decision import Decision, Motif
from droit.feries import jour_ferie

PARIS = ZoneInfo("Europe/Paris")
DELAI_DES_OFFRES = Article("CCP", "R. 2151-1")
PROLONGATION = Article("CCP", "R. 2151-4")
_LUNDI, _VENDREDI, _SAMEDI = 0, 4, 5
_DELAI_COURT = timedelta(days=15)
_DELAI_AOO_ELECTRONIQUE = timedelta(days=30)
_DELAI_AOO_PLANCHER = timedelta(days=15)


def heure_utilisable(jour: date, heure: time) -> Decision:
    """Aux changements d'heure, une heure manque et une autre existe deux fois : aucune des deux ne convient."""
    premiere = datetime.combine(jour, heure, tzinfo=PARIS)
    if premiere.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) != premiere.replace(tzinfo=None):
        return Decision.refus(Motif("Cette heure n'existe pas : on passe à l'heure d'été. Choisissez une autre heure."))
    if premiere.utcoffset() != premiere.replace(fold=1).utcoffset():
        return Decision.refus(
            Motif("Cette heure existe deux fois : on passe à l'heure d'hiver. Choisissez une autre heure.")
        )
    return Decision.accord()


def instant_de_paris(jour: date, heure: time) -> datetime:
    """L'instant universel d'une heure de Paris déjà reconnue utilisable."""
    return datetime.combine(jour, heure, tzinfo=PARIS).astimezone(UTC)


def limite_a_venir(*, limite: datetime | None, maintenant: datetime) -> Decision:
    """Une consultation a une heure limite, et elle est devant nous (CCP, art. R. 2151-1)."""
    if limite is None:
        return Decision.refus(Motif("L'heure limite n'est pas fixée.", DELAI_DES_OFFRES))
    if limite <= maintenant:
        return Decision.refus(Motif("L'heure limite est déjà passée.", DELAI_DES_OFFRES))
    return Decision.accord()


def delai_suffisant(*, limite: datetime, maintenant: datetime, type_de_procedure: str) -> Decision:
    """Le délai d'un appel d'offres ouvert a un plancher ; en procédure adaptée il est raisonnable."""
    delai = limite - maintenant
    if type_de_procedure == "aoo" and delai < _DELAI_AOO_PLANCHER:
        return Decision.refus(
            Motif("Un appel d'offres ouvert laisse au moins 15 jours, même en urgence.", Article("CCP", "R. 2161-3"))
        )
    if type_de_procedure == "aoo" and delai < _DELAI_AOO_ELECTRONIQUE:
        return Decision.accord(
            Motif(
                "Le délai est de moins de 30 jours. Il faut une urgence justifiée ou un avis de préinformation.",
                Article("CCP", "R. 2161-3"),
            )
        )
    if delai < _DELAI_COURT:
        return Decision.accord(Motif("Le délai est court : moins de 15 jours pour répondre.", DELAI_DES_OFFRES))
    return Decision.accord()


def avertissements_du_calendrier(limite: datetime) -> tuple[Motif, ...]:
    """Les moments où une entreprise risque de ne pas pouvoir répondre. L'acheteur décide."""
    local = limite.astimezone(PARIS)
    return tuple(Motif(texte) for texte in (*_semaine(local), *_fetes(local.date())) if texte)


def _semaine(local: datetime) -> tuple[str, ...]:
    if local.weekday() >= _SAMEDI:
        return ("L'heure limite tombe un week-end : l'assistance est fermée.",)
    if local.weekday() == _LUNDI and local.hour < 14:
        return ("L'heure limite tombe un lundi avant 14 h : les entreprises finissent le dimanche.",)
    if local.weekday() == _VENDREDI and local.hour >= 16:
        return ("L'heure limite tombe un vendredi après 16 h : personne ne répond en cas de panne.",)
    return ()


def _fetes(jour: date) -> tuple[str, ...]:
    nom, lendemain = jour_ferie(jour), jour_ferie(jour + timedelta(days=1))
    textes = []
    if nom:
        textes.append(f"L'heure limite tombe un jour férié : {nom}.")
    elif lendemain:
        textes.append(f"L'heure limite tombe la veille d'un jour férié : {lendemain}.")
    if (jour.month, jour.day) >= (12, 24) or (jour.month, jour.day) <= (1, 2):
        textes.append("L'heure limite tombe pendant les fêtes de fin d'année.")
    if jour.month == 8:
        textes.append("L'heure limite tombe en août : beaucoup d'entreprises sont fermées.")
    return tuple(textes)


def peut_prolonger(*, actuelle: datetime, nouvelle: datetime, maintenant: datetime) -> Decision:
    """Publié, un délai s'allonge et ne se raccourcit jamais ; échu, il ne se rouvre pas (CCP, art. R. 2151-4)."""
    if maintenant >= actuelle:
        return Decision.refus(Motif("L'heure limite est passée : le délai ne peut plus être prolongé.", PROLONGATION))
    if nouvelle <= actuelle:
        return Decision.refus(
            Motif(
                "La nouvelle heure limite doit venir après l'ancienne : un délai publié ne raccourcit pas.",
                PROLONGATION,
            )
        )
    return Decision.accord()


def delai_expire(*, limite: datetime | None, maintenant: datetime) -> Decision:
    """La clôture est un fait de dates : un pli reçu à l'heure exacte est encore dans le délai (CCP, art. R. 2143-2)."""
    if limite is not None and maintenant > limite:
        return Decision.accord()
    return Decision.refus(Motif("L'heure limite n'est pas encore passée.", Article("CCP", "R. 2143-2")))


_JOURS_PROPOSES = (1, 2, 3)  # mardi, mercredi, jeudi
_HEURE_PROPOSEE = time(14, 0)
_DELAI_PROPOSE = timedelta(days=30)
_DERNIERES_QUESTIONS = timedelta(days=6)


def limite_proposee(maintenant: datetime) -> datetime:
    """Un mois après, un mardi, mercredi ou jeudi ouvrable, à 14 h : le moment le plus calme."""
    jour = maintenant.astimezone(PARIS).date() + _DELAI_PROPOSE
    while jour.weekday() not in _JOURS_PROPOSES or any(_fetes(jour)):
        jour += timedelta(days=1)
        if jour.month == 8:
            jour = date(jour.year, 9, 1)
    return instant_de_paris(jour, _HEURE_PROPOSEE)


def questions_proposees(limite: datetime) -> datetime:
    """Six jours avant, à 17 h : le dernier moment pour répondre à tous (CCP, art. R. 2132-6)."""
    return instant_de_paris(limite.astimezone(PARIS).date() - _DERNIERES_QUESTIONS, time(17, 0))


def ouverture_proposee(limite: datetime) -> datetime:
    """Le premier jour ouvrable qui suit, à 10 h."""
    jour = limite.astimezone(PARIS).date() + timedelta(days=1)
    while jour.weekday() >= _SAMEDI or jour_ferie(jour):
        jour += timedelta(days=1)
    return instant_de_paris(jour, time(10, 0))
