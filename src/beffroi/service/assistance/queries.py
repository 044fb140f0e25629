"""La file du centre, une demande, ce qu'en voit la personne, la part des promesses tenues."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.service.aide.rules import reference_dite
from beffroi.service.assistance.models import (
    Categorie,
    Demande,
    Message,
    ModeleDeReponse,
    PieceDeMessage,
    QuestionFrequente,
)
from beffroi.service.assistance.rules.delais import est_urgente, rang
from beffroi.service.assistance.rules.demandes import VIE_APRES_LA_FIN, part_tenue
from beffroi.service.assistance.states import OUVERTES
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete

LIENS = ("demandeur", "organisme", "prise_par", "fusionnee_dans")


@dataclass(frozen=True)
class Ligne:
    """Une demande dans la file, telle que l'agent la lit d'un coup d'œil."""

    demande: Demande
    urgente: bool
    en_retard: bool


@prete
def sans_reponse() -> QuerySet[Demande]:
    """Celles, ouvertes, à qui personne n'a répondu."""
    return ouvertes().filter(repondue_le=None)


def ouvertes() -> QuerySet[Demande]:
    return Demande.objects.filter(etat__in=OUVERTES)


def file(*, le: datetime, categorie: str = "", a_moi: Utilisateur | None = None) -> list[Ligne]:
    """Les demandes ouvertes, la plus pressante en tête."""
    demandes = ouvertes().select_related(*LIENS)
    if categorie in Categorie.values:
        demandes = demandes.filter(categorie=categorie)
    if a_moi is not None:
        demandes = demandes.filter(prise_par=a_moi)
    lignes = [
        Ligne(demande, est_urgente(demande.limite, le=le), demande.en_retard(le))
        for demande in demandes
    ]
    return sorted(lignes, key=lambda ligne: _rang(ligne.demande, le))


def _rang(demande: Demande, le: datetime) -> tuple[bool, datetime, bool, datetime]:
    repondue = demande.etat == Demande.Etat.EN_ATTENTE or (
        demande.repondue_le is not None and demande.etat == Demande.Etat.PRISE
    )
    return rang(limite=demande.limite, promise=demande.promise_pour, deja_repondue=repondue, le=le)


def closes() -> QuerySet[Demande]:
    return (
        Demande.objects.exclude(etat__in=OUVERTES)
        .select_related(*LIENS)
        .order_by("-recue_le", "-pk")
    )


def a_effacer(le: datetime) -> QuerySet[Demande]:
    """Les demandes closes depuis plus longtemps que l'on ne garde,
    et qui ne sont pas déjà effacées.
    """
    finies = Q(resolue_le__lte=le - VIE_APRES_LA_FIN) | Q(
        etat=Demande.Etat.FUSIONNEE, fusionnee_dans__resolue_le__lte=le - VIE_APRES_LA_FIN
    )
    return Demande.objects.filter(finies).exclude(etat__in=OUVERTES).exclude(telephone="effacé")


def demande_au_centre(reference: str) -> Demande:
    demande = Demande.objects.filter(reference=reference).select_related(*LIENS).first()
    if demande is None:
        raise Introuvable
    return demande


def mes_demandes(personne: Utilisateur) -> QuerySet[Demande]:
    return (
        Demande.objects.filter(demandeur=personne)
        .select_related(*LIENS)
        .order_by("-recue_le", "-pk")
    )


def ma_demande(personne: Utilisateur, reference: str) -> Demande:
    demande = mes_demandes(personne).filter(reference=reference).first()
    if demande is None:
        raise Introuvable
    return demande


def fil(demande: Demande, *, au_centre: bool) -> QuerySet[Message]:
    """Ce qui s'est dit, et dans les demandes qui s'y sont fondues.

    Une note interne ne sort pas du centre.
    """
    messages = Message.objects.filter(
        Q(demande=demande) | Q(demande__fusionnee_dans=demande)
    ).prefetch_related("pieces")
    return messages if au_centre else messages.exclude(sens=Message.Sens.INTERNE)


def piece(reference: str) -> PieceDeMessage:
    trouvee = PieceDeMessage.objects.filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable
    return trouvee


def de_la_meme_personne(demande: Demande) -> QuerySet[Demande]:
    """Ses autres demandes ouvertes : celles avec qui celle-ci peut se suivre."""
    if demande.demandeur_id:
        elle = Q(demandeur=demande.demandeur_id)
    elif demande.courriel:
        elle = Q(demandeur=None, courriel__iexact=demande.courriel)
    else:
        elle = Q(demandeur=None, courriel="", telephone=demande.telephone)
    return Demande.objects.filter(elle, etat__in=OUVERTES).exclude(pk=demande.pk)


def limite_de(objet: str) -> datetime | None:
    """L'heure limite de ce qui est nommé :
    une réponse, un récépissé, ou une consultation publiée.
    """
    nomme = objet.strip().upper()
    if nomme.startswith(("R-", "D-")):
        reponses = BrouillonDeReponse.objects.filter(Q(reference=nomme) | Q(plis__reference=nomme))
        reponse = reponses.select_related("consultation", "invitation__tour").first()
        return reponse.date_limite if reponse else None
    reference = reference_dite(objet)
    if not reference:
        return None
    publiees = Consultation.toutes.exclude(etat__in=NON_PUBLIEES).filter(reference=reference)
    return publiees.values_list("date_limite_remise", flat=True).first()


def modeles(categorie: str = "") -> QuerySet[ModeleDeReponse]:
    en_usage = ModeleDeReponse.objects.filter(retire_le=None)
    return en_usage.filter(categorie=categorie) if categorie else en_usage


def questions_frequentes() -> QuerySet[QuestionFrequente]:
    return QuestionFrequente.objects.filter(retiree_le=None)


def un_modele(reference: str) -> ModeleDeReponse:
    modele = modeles().filter(reference=reference).first()
    if modele is None:
        raise Introuvable
    return modele


def une_question(reference: str) -> QuestionFrequente:
    question = questions_frequentes().filter(reference=reference).first()
    if question is None:
        raise Introuvable
    return question


@dataclass(frozen=True)
class Engagement:
    """Pour une catégorie :
    combien de premières réponses étaient dues sur la période, combien à temps.
    """

    categorie: str
    dues: int
    tenues: int

    @property
    def part(self) -> int | None:
        return part_tenue(tenues=self.tenues, dues=self.dues)

    @property
    def libelle(self) -> str:
        return str(Categorie(self.categorie).label)


def engagements(*, depuis: datetime, le: datetime) -> Sequence[Engagement]:
    """La part tenue, par catégorie :
    une réponse qui n'est pas venue à temps compte, qu'elle soit venue ou non.
    """
    dues = Q(repondue_le__isnull=False) | Q(promise_pour__lte=le)
    lignes = (
        Demande.objects.filter(dues, recue_le__gte=depuis, recue_le__lte=le)
        .exclude(etat=Demande.Etat.FUSIONNEE)
        .values("categorie")
        .annotate(
            dues=Count("pk"), tenues=Count("pk", filter=Q(repondue_le__lte=F("promise_pour")))
        )
    )
    comptes = {ligne["categorie"]: (ligne["dues"], ligne["tenues"]) for ligne in lignes}
    return [
        Engagement(categorie, *comptes.get(categorie, (0, 0))) for categorie in Categorie.values
    ]


def motifs(*, depuis: datetime, le: datetime) -> dict[str, dict[str, list[str]]]:
    """Par catégorie, par motif, qui l'a demandé : une fois par demande résolue.

    « » tient lieu de motif non précisé.
    """
    resolues = Demande.objects.filter(
        etat=Demande.Etat.RESOLUE, recue_le__gte=depuis, recue_le__lte=le
    )
    comptes: dict[str, dict[str, list[str]]] = {
        categorie: defaultdict(list) for categorie in Categorie.values
    }
    lues = resolues.values_list("categorie", "motif", "demandeur", "courriel", "telephone")
    for categorie, motif, demandeur, courriel, telephone in lues:
        comptes[categorie][motif].append(str(demandeur or courriel.lower() or telephone))
    return comptes
