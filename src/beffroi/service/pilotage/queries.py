"""Compter une année.

Le nombre de requêtes ne dépend ni du nombre d'acheteurs, ni de celui des consultations.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.consultations.rules.procedures import procedure
from beffroi.achat.relectures.models import Relecture
from beffroi.centre.contributions.models import Avoir, Contribution
from beffroi.centre.interventions.models import Intervention
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import (
    acheteurs_de,
    exiger_au_centre,
    habilitation_par_siret,
)
from beffroi.publicite.questions.models import Question
from beffroi.reponse.depots.models import Pli
from beffroi.service.pilotage import ports, rules
from beffroi.service.pilotage.mesures import (
    Acheteur,
    Annee,
    Assistance,
    Contributions,
    Mois,
    Part,
    Promise,
    Questions,
    Reponses,
    Tissu,
)
from beffroi.service.pilotage.permissions import ACTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.journal.models import Ecriture
from formats.dates import PARIS

Perimetre = QuerySet[Consultation]
APPEL_RENDU = "assistance.rappeler"
RIEN, CENTIME = Decimal(0), Decimal("0.01")

# ---------------------------------------------------------------- qui lit quoi


def acheteur_lu(utilisateur: Utilisateur, siret: str, *, le: datetime) -> Organisme:
    """L'acheteur dont la personne est agent ; tout autre est introuvable."""
    habilitation = habilitation_par_siret(utilisateur, siret, le)
    if habilitation.organisme.role != Organisme.Role.ACHETEUR:
        raise Introuvable()
    exiger_role(habilitation, "lire_les_statistiques", ACTES)
    return habilitation.organisme


def organismes_de(utilisateur: Utilisateur, *, le: datetime) -> list[Organisme]:
    return [une.organisme for une in acheteurs_de(utilisateur, le)]


def exiger_le_centre(utilisateur: Utilisateur, *, le: datetime) -> Habilitation:
    """Pour les autres, la page du centre n'existe pas."""
    return exiger_au_centre(utilisateur, "lire_les_statistiques", ACTES, le)


def perimetre_de(organisme: Organisme) -> Perimetre:
    return Consultation.toutes.filter(organisme=organisme)


def perimetre_du_service() -> Perimetre:
    return Consultation.toutes.filter(organisme__role=Organisme.Role.ACHETEUR)


def annees_lisibles(perimetre: Perimetre, *, le: datetime) -> list[int]:
    """De la première consultation à l'année en cours."""
    courante = le.astimezone(PARIS).year
    premiere: datetime | None = perimetre.aggregate(premiere=Min("creee_le"))["premiere"]
    return rules.annees(
        premiere=premiere.astimezone(PARIS).year if premiere else courante, derniere=courante
    )


# ---------------------------------------------------------------- l'année


def annee_de(perimetre: Perimetre, annee: int, *, le: datetime) -> Annee:
    """L'année entière, jusqu'à `le`."""
    debut, fin = rules.bornes(annee)
    publiees = perimetre.filter(publiee_le__gte=debut, publiee_le__lt=fin)
    return Annee(
        annee=annee,
        mois=_par_mois(perimetre, debut, fin),
        procedures=_parts(publiees, "type_de_procedure", lambda cle: procedure(cle).libelle),
        natures=_parts(publiees, "nature", lambda cle: str(Consultation.Nature(cle).label)),
        etats=_etats(publiees, le=le),
        jours_pour_repondre=rules.mediane(_jours_pour_repondre(publiees)),
        reponses=_reponses(perimetre, debut, fin, le=le),
        tissu=_tissu(perimetre, debut, fin, le=le),
        questions=_questions(perimetre, debut, fin),
    )


def _par_mois(perimetre: Perimetre, debut: datetime, fin: datetime) -> tuple[Mois, ...]:
    creees, publiees = (
        _comptes_du_mois(perimetre, champ, debut, fin) for champ in ("creee_le", "publiee_le")
    )
    return tuple(
        Mois(numero=n, creees=creees[n], publiees=publiees[n]) for n in rules.MOIS_D_UNE_ANNEE
    )


def _comptes_du_mois(
    perimetre: Perimetre, champ: str, debut: datetime, fin: datetime
) -> Counter[int]:
    dans = perimetre.filter(**{f"{champ}__gte": debut, f"{champ}__lt": fin}).order_by()
    par_mois = (
        dans.annotate(mois=TruncMonth(champ, tzinfo=PARIS))
        .values_list("mois")
        .annotate(n=Count("pk"))
    )
    return Counter({mois.month: nombre for mois, nombre in par_mois})


def _parts(publiees: Perimetre, champ: str, libelle: Callable[[str], str]) -> tuple[Part, ...]:
    comptes = publiees.order_by().values_list(champ).annotate(n=Count("pk"))
    return _rangees(Counter({libelle(cle): nombre for cle, nombre in comptes}))


def _etats(publiees: Perimetre, *, le: datetime) -> tuple[Part, ...]:
    """Close est un fait de dates : aucun traitement n'a besoin d'être passé."""
    passee = Q(etat=Consultation.Etat.PUBLIEE, date_limite_remise__lt=le)
    par_etat = publiees.order_by().values_list("etat")
    comptes: Counter[str] = Counter()
    for etat, nombre, passees in par_etat.annotate(n=Count("pk"), p=Count("pk", filter=passee)):
        comptes[etat] += nombre - passees
        comptes[Consultation.Etat.CLOSE] += passees
    return _rangees(
        Counter({str(Consultation.Etat(etat).label): nombre for etat, nombre in comptes.items()})
    )


def _rangees(comptes: Counter[str]) -> tuple[Part, ...]:
    return tuple(
        Part(libelle, nombre)
        for libelle, nombre in sorted(comptes.items(), key=lambda c: (-c[1], c[0]))
        if nombre
    )


def _jours_pour_repondre(publiees: Perimetre) -> list[int]:
    return _jours_entiers(publiees.order_by().values_list("publiee_le", "date_limite_remise"))


def _jours_entiers(intervalles: Iterable[tuple[Any, Any]]) -> list[int]:
    return [(fin - debut).days for debut, fin in intervalles]


def _reponses(perimetre: Perimetre, debut: datetime, fin: datetime, *, le: datetime) -> Reponses:
    closes = _closes(perimetre, debut, fin, le=le)
    plis = _plis_de(closes)
    a_temps = dict(
        plis.filter(hors_delai=False)
        .values_list("consultation")
        .annotate(n=Count("equipe__numero_d_entreprise", distinct=True))
    )
    nombre = closes.count()
    return Reponses(
        consultations=nombre,
        sans_reponse=nombre - len(a_temps),
        a_temps=sum(a_temps.values()),
        **plis.aggregate(
            hors_delai=Count("pk", filter=Q(hors_delai=True)),
            entreprises=Count("equipe__numero_d_entreprise", distinct=True),
        ),
        mediane=rules.mediane([*a_temps.values(), *[0] * (nombre - len(a_temps))]),
    )


def _closes(perimetre: Perimetre, debut: datetime, fin: datetime, *, le: datetime) -> Perimetre:
    """Une heure limite à venir ne laisse rien paraître, pas même un nombre."""
    closes = perimetre.filter(date_limite_remise__gte=debut, date_limite_remise__lt=min(fin, le))
    return closes.exclude(etat__in=NON_PUBLIEES).order_by()


def _plis_de(closes: Perimetre) -> QuerySet[Pli]:
    return (
        Pli.objects.filter(consultation__in=closes, tour=None)
        .exclude(etat=Pli.Etat.RETIRE)
        .order_by()
    )


def _tissu(perimetre: Perimetre, debut: datetime, fin: datetime, *, le: datetime) -> Tissu:
    plis = _plis_de(_closes(perimetre, debut, fin, le=le)).filter(hors_delai=False)
    dits = plis.values_list(
        "equipe__numero_d_entreprise",
        "equipe__taille",
        "equipe__code_postal",
        "consultation__organisme__code_postal",
    )
    return rules.tissu(set(dits))


def _questions(perimetre: Perimetre, debut: datetime, fin: datetime) -> Questions:
    recues = Question.objects.filter(
        consultation__in=perimetre, recue_le__gte=debut, recue_le__lt=fin
    ).order_by()
    dates = list(recues.values_list("recue_le", "reponse__publiee_le"))
    delais = _jours_entiers((recue, publiee) for recue, publiee in dates if publiee)
    return Questions(recues=len(dates), repondues=len(delais), jours=rules.mediane(delais))


# ---------------------------------------------------------------- le centre


def acheteurs(annee: int) -> list[Acheteur]:
    """Chaque acheteur qui a publié dans l'année, qui publie le plus d'abord."""
    debut, fin = rules.bornes(annee)
    dans = Q(consultations__publiee_le__gte=debut, consultations__publiee_le__lt=fin)
    comptes = Organisme.objects.filter(role=Organisme.Role.ACHETEUR).annotate(
        publiees=Count("consultations", filter=dans),
        sans_suite=Count(
            "consultations", filter=dans & Q(consultations__etat=Consultation.Etat.SANS_SUITE)
        ),
    )
    return [
        Acheteur(nom=o.nom, siret=o.siret, publiees=o.publiees, sans_suite=o.sans_suite)
        for o in comptes.filter(publiees__gt=0).order_by("-publiees", "nom")
    ]


def contributions(annee: int) -> Contributions | None:
    """Ce que l'exercice de l'année a appelé, avoirs déduits ; rien tant qu'il n'est pas émis."""
    emises = Contribution.objects.filter(exercice__annee=annee, emise_le__isnull=False).order_by()
    comptes = list(
        emises.values_list("est_payante", "tranche")
        .annotate(n=Count("pk"), appele=Sum("montant"))
        .order_by("-est_payante", "tranche")
    )
    if not comptes:
        return None
    avoirs: Decimal = (
        Avoir.objects.filter(contribution__in=emises).aggregate(total=Sum("montant"))["total"]
        or RIEN
    )
    return Contributions(
        tranches=tuple(
            Part(rules.libelle_de_tranche(payante, tranche), nombre)
            for payante, tranche, nombre, _ in comptes
        ),
        adherents=sum(nombre for _, _, nombre, _ in comptes),
        total=(sum((appele for *_, appele in comptes), RIEN) - avoirs).quantize(CENTIME),
    )


def assistance(annee: int, *, le: datetime) -> Assistance:
    """L'assistance de l'année, entière : cinq lectures, quel que soit le nombre d'adhérents."""
    debut, fin = rules.bornes(annee)
    horaires = settings.SERVICE["horaires"]
    demandes = ports.demandes_promises(debut=debut, fin=fin)
    return Assistance(
        demandes=rules.promesses(demandes, le=le, horaires=horaires),
        rappels=_rappels_rendus(debut, fin),
        avis=rules.promesses(_avis_promis(debut, fin), le=le, horaires=horaires),
        ecrans=rules.durees(ports.ecrans_montres(debut=debut, fin=fin)),
        interventions=rules.durees(_interventions(debut, fin, le=le)),
    )


def _rappels_rendus(debut: datetime, fin: datetime) -> int:
    """Les appels que l'assistance a rendus : le registre les garde, sans nom ni numéro."""
    return Ecriture.objects.filter(acte=APPEL_RENDU, le__gte=debut, le__lt=fin).count()


def _avis_promis(debut: datetime, fin: datetime) -> list[Promise]:
    """Une relecture que l'acheteur a retirée n'attend plus rien du centre."""
    demandees = Relecture.objects.filter(demandee_le__gte=debut, demandee_le__lt=fin)
    restees = demandees.exclude(etat=Relecture.Etat.RETIREE).order_by()
    return [Promise(*dates) for dates in restees.values_list("demandee_le", "due_le", "rendue_le")]


def _interventions(debut: datetime, fin: datetime, *, le: datetime) -> list[timedelta | None]:
    """L'heure suffit à la finir, que l'ouvrier soit passé ou non."""
    ouvertes = Intervention.objects.filter(ouverte_le__gte=debut, ouverte_le__lt=fin).order_by()
    lues = ouvertes.values_list("ouverte_le", Coalesce("close_le", "expire_le"))
    return [finie - ouverte if finie <= le else None for ouverte, finie in lues]
