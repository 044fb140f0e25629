"""Lire les courriers : à qui écrire, ce que l'acheteur suit, ce que l'entreprise lit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.queries import dernier_tour
from beffroi.choix.echanges import rules
from beffroi.choix.echanges.models import Alerte, Courrier, Exemplaire, Fil, PieceJointe, Retour
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.personnes.entreprises.queries import equipes_de
from beffroi.publicite.retraits.models import Retirant
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.rules.delais import SANS_RECEPTION
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from droit.decision import Decision

NOMME = "S'est nommée en téléchargeant le dossier"
DEMANDE = "A posé une question"
AVEC_TOUT = (
    "courrier__envoye_par",
    "courrier__consultation__organisme",
    "fil__equipe",
    "lu_par",
)

# Une liste n'en montre rien, et ils pèsent : vingt mille signes chacun.
TEXTES = ("texte", "texte_propre", "courrier__texte")
# Ces achats n'attendent plus rien de personne.
SANS_REPONSE = (*rules.FERMES, Consultation.Etat.SANS_SUITE)

# ---------------------------------------------------------------- à qui écrire


@dataclass(frozen=True)
class Joignable:
    """Une entreprise à qui l'acheteur peut écrire, et d'où il la connaît ;
    `pli` si sa réponse est ouverte.
    """

    equipe: Equipe
    connue: str
    pli: Pli | None = None


def plis_ouverts(consultation: Consultation) -> QuerySet[Pli]:
    """Les réponses dont la séance a ouvert une enveloppe, et aucune autre (ADR 0009)."""
    ouvertes = OuverturePli.objects.filter(
        seance__consultation=consultation, etat=OuverturePli.Etat.OUVERTE
    )
    plis = Pli.objects.filter(pk__in=ouvertes.values("pli"))
    return plis.select_related("equipe", "depose_par").order_by("recu_le", "pk")


def joignables(consultation: Consultation, *, le: datetime) -> list[Joignable]:
    """Ceux qui se sont nommés ; après l'heure limite, ceux qui ont demandé ;
    une fois ouvertes, ceux qui ont répondu.
    """
    trouves: dict[int, Joignable] = {}
    nommes = Retirant.objects.filter(consultation=consultation, equipe__isnull=False)
    for retirant in nommes.select_related("equipe"):
        if retirant.equipe:
            trouves[retirant.equipe.pk] = Joignable(retirant.equipe, NOMME)
    if rules.auteurs_de_questions_connus(limite=consultation.limite, maintenant=le):
        for question in consultation.questions.select_related("equipe"):
            if question.equipe:
                trouves[question.equipe.pk] = Joignable(question.equipe, DEMANDE)
    for pli in plis_ouverts(consultation):
        trouves[pli.equipe_id] = Joignable(
            pli.equipe, f"Réponse ouverte, récépissé {pli.reference}", pli
        )
    return sorted(
        trouves.values(),
        key=lambda j: (j.pli is None, j.equipe.nom, j.equipe.pk),
    )


def dernier_pli_ouvert(consultation: Consultation) -> dict[int, Pli]:
    """La dernière réponse ouverte de chaque équipe."""
    return {pli.equipe_id: pli for pli in plis_ouverts(consultation)}


def interlocuteurs(fil: Fil, *, le: datetime) -> list[Utilisateur]:
    return interlocuteurs_des([fil], consultation=fil.consultation, le=le)[fil.pk]


def interlocuteurs_des(
    fils: Sequence[Fil], *, consultation: Consultation, le: datetime
) -> dict[int, list[Utilisateur]]:
    """Les personnes à prévenir :
    qui a répondu, qui a demandé une fois son nom lisible, puis le reste de l'équipe.
    """
    chez = [fil.equipe_id for fil in fils]
    presents: dict[int, dict[int, Membre]] = defaultdict(dict)
    membres = Membre.objects.filter(equipe__in=chez, jusqu_au=None, utilisateur__est_actif=True)
    for membre in membres.select_related("utilisateur").order_by("depuis_le", "pk"):
        presents[membre.equipe_id][membre.utilisateur_id] = membre
    ordre: dict[int, list[int]] = defaultdict(list)
    for equipe, personne in reversed(
        plis_ouverts(consultation).values_list("equipe", "depose_par")
    ):
        ordre[equipe].append(personne)
    if rules.auteurs_de_questions_connus(limite=consultation.limite, maintenant=le):
        for equipe, personne in consultation.questions.values_list("equipe", "posee_par"):
            ordre[equipe].append(personne)
    for equipe, siens in presents.items():
        ordre[equipe] += siens
    return {fil.pk: _presents(ordre[fil.equipe_id], presents[fil.equipe_id]) for fil in fils}


def _presents(ordre: Iterable[int], presents: Mapping[int, Membre]) -> list[Utilisateur]:
    """Chacun une fois, à sa première place, s'il est encore de l'entreprise."""
    return [
        presents[personne].utilisateur for personne in dict.fromkeys(ordre) if personne in presents
    ]


# ---------------------------------------------------------------- acheteur


def courriers_de(consultation: Consultation) -> QuerySet[Courrier]:
    return Courrier.objects.filter(consultation=consultation).select_related(
        "redige_par", "envoye_par"
    )


def courrier_pour(consultation: Consultation, reference: str) -> Courrier:
    courrier = courriers_de(consultation).filter(reference=reference).first()
    if courrier is None:
        raise Introuvable()
    return courrier


def exemplaires_de(courrier: Courrier) -> QuerySet[Exemplaire]:
    exemplaires = courrier.exemplaires.select_related("fil__equipe", "lu_par")
    return exemplaires.prefetch_related("alertes__personne", "pieces")


def brouillon_d_exemplaire(courrier: Courrier, reference: str) -> Exemplaire:
    """L'exemplaire d'un courrier qui n'est pas parti."""
    preparees = exemplaires_de(courrier).filter(remis_le=None, reference=reference)
    exemplaire = preparees.select_related("courrier__consultation__organisme").first()
    if exemplaire is None:
        raise Introuvable()
    return exemplaire


def exemplaires_remis(consultation: Consultation) -> QuerySet[Exemplaire]:
    remis = Exemplaire.objects.filter(courrier__consultation=consultation, remis_le__isnull=False)
    retours = Prefetch("retours", Retour.objects.defer("texte"))
    return remis.select_related(*AVEC_TOUT).prefetch_related("alertes", retours, "pieces")


def exemplaires_suivis(
    consultation: Consultation, *, etat: str, sorte: str, le: datetime
) -> QuerySet[Exemplaire]:
    """Les courriers partis, le dernier d'abord, une ligne par entreprise ;
    un état inconnu les garde tous.
    """
    suivis = exemplaires_remis(consultation).defer(*TEXTES)
    if sorte:
        suivis = suivis.filter(courrier__sorte=sorte)
    if etat in ("non_lus", "lus"):
        suivis = suivis.filter(lu_le__isnull=etat == "non_lus")
    elif etat == "repondus":
        suivis = suivis.filter(pk__in=Retour.objects.values("en_reponse_a"))
    elif etat == "a_relancer":
        suivis = suivis.filter(
            pk__in=[exemplaire.pk for exemplaire in a_relancer([consultation], le=le)]
        )
    return suivis.order_by("-remis_le", "fil__equipe__nom", "pk")


def exemplaire_pour(consultation: Consultation, reference: str) -> Exemplaire:
    exemplaire = exemplaires_remis(consultation).filter(reference=reference).first()
    if exemplaire is None:
        raise Introuvable()
    return exemplaire


def fil_pour(consultation: Consultation, reference: str) -> Fil:
    """Un fil où l'acheteur a écrit ; un fil où rien n'est parti n'existe pas encore."""
    fils = Fil.objects.filter(consultation=consultation, exemplaires__remis_le__isnull=False)
    fil = fils.filter(reference=reference).select_related("equipe").distinct().first()
    if fil is None:
        raise Introuvable()
    return fil


def piece_de_l_acheteur(consultation: Consultation, reference: str) -> PieceJointe:
    envoyees = Q(courrier__consultation=consultation) | Q(
        exemplaire__courrier__consultation=consultation
    )
    recues = Q(retour__fil__consultation=consultation)
    piece = PieceJointe.objects.filter(envoyees | recues, reference=reference).first()
    if piece is None:
        raise Introuvable()
    return piece


@prete
def retours_a_lire(consultations: Iterable[Consultation]) -> QuerySet[Retour]:
    """Ce que des entreprises ont répondu, et qu'aucun agent n'a encore lu."""
    return Retour.objects.filter(fil__consultation__in=consultations, lu_le=None).defer("texte")


@prete
def ou_il_y_a_a_lire(consultations: list[int]) -> QuerySet[Retour, int]:
    """La consultation de chacun de ces retours."""
    a_lire = Retour.objects.filter(fil__consultation__in=consultations, lu_le=None)
    return a_lire.values_list("fil__consultation", flat=True)


def compte_de(consultation: Consultation) -> tuple[int, int]:
    """Les courriers remis, et les réponses qu'aucun agent n'a encore lues."""
    remis = Q(exemplaires__remis_le__isnull=False)
    a_lire = Q(retours__isnull=False, retours__lu_le=None)
    compte = Fil.objects.filter(consultation=consultation).aggregate(
        envoyes=Count("exemplaires", filter=remis, distinct=True),
        a_lire=Count("retours", filter=a_lire, distinct=True),
    )
    return compte["envoyes"], compte["a_lire"]


@prete
def sans_lecteur(
    consultations: Sequence[Consultation | int], *, le: datetime
) -> QuerySet[Exemplaire]:
    """Les courriers que leur destinataire n'a pas lus :
    la boîte a refusé une alerte, ou deux jours ont passé.
    """
    refusees = Alerte.objects.exclude(refusee_le=None).values("exemplaire")
    candidats = Exemplaire.objects.filter(
        Q(remis_le__lte=le - rules.SANS_LECTURE) | Q(pk__in=refusees, remis_le__isnull=False),
        courrier__consultation__in=consultations,
        lu_le=None,
    ).exclude(courrier__consultation__etat__in=rules.FERMES)
    return candidats.select_related("courrier__consultation", "fil__equipe").defer(*TEXTES)


def a_relancer(consultations: Iterable[Consultation], *, le: datetime) -> list[Exemplaire]:
    """Les mêmes, quand c'est la dernière alerte que la boîte a refusée."""
    return [
        exemplaire
        for exemplaire in _et_leur_alerte([une.pk for une in consultations], le)
        if _attend_une_relance(
            exemplaire, exemplaire.alerte_le, refusee=exemplaire.refusee_le is not None, le=le
        )
    ]


@prete
def _et_leur_alerte(consultations: list[int], le: datetime) -> QuerySet[Any]:
    alertes = Alerte.objects.filter(exemplaire=OuterRef("pk")).order_by("-rang")
    return sans_lecteur(consultations, le=le).annotate(
        alerte_le=Subquery(alertes.values("ecrite_le")[:1]),
        refusee_le=Subquery(alertes.values("refusee_le")[:1]),
    )


def est_a_relancer(exemplaire: Exemplaire, *, le: datetime) -> bool:
    derniere = next(iter(list(exemplaire.alertes.all())[-1:]), None)
    return _attend_une_relance(
        exemplaire,
        derniere.ecrite_le if derniere else None,
        refusee=derniere is not None and derniere.refusee_le is not None,
        le=le,
    )


def _attend_une_relance(
    exemplaire: Exemplaire, alerte_le: datetime | None, *, refusee: bool, le: datetime
) -> bool:
    """`alerte_le` : quand sa dernière alerte a été écrite ; refusée, la boîte n'en a pas voulu."""
    ouverte = rules.peut_ecrire(etat=exemplaire.courrier.consultation.etat).favorable
    return (
        exemplaire.remis_le is not None
        and ouverte
        and rules.est_a_relancer(
            lu=exemplaire.lu_le is not None,
            remis_le=max(exemplaire.remis_le, alerte_le or exemplaire.remis_le),
            refusee=refusee,
            maintenant=le,
        )
    )


def relance_de(exemplaire: Exemplaire, *, le: datetime) -> Decision:
    """Peut-on redire qu'il attend ? La même règle que l'acte."""
    alertes = list(exemplaire.alertes.all())
    return rules.peut_relancer(
        lu=exemplaire.lu_le is not None,
        derniere_le=alertes[-1].ecrite_le,
        refusee=alertes[-1].refusee_le is not None,
        alertes=len(alertes),
        maintenant=le,
    )


# ---------------------------------------------------------------- entreprise


def fils_de(utilisateur: Utilisateur) -> QuerySet[Fil]:
    """Ceux des équipes de cette personne."""
    return _fils(utilisateur) if utilisateur.est_actif else Fil.objects.none()


def _fils(utilisateur: Utilisateur) -> QuerySet[Fil]:
    remis = Exemplaire.objects.exclude(remis_le=None).values("fil")
    fils = Fil.objects.filter(equipe__in=equipes_de(utilisateur), pk__in=remis)
    return fils.select_related("consultation__organisme", "equipe")


def fil_de(utilisateur: Utilisateur, reference: str) -> Fil:
    fil = fils_de(utilisateur).filter(reference=reference).first()
    if fil is None:
        raise Introuvable()
    return fil


def fils_recus(utilisateur: Utilisateur) -> QuerySet[Fil]:
    """Ceux qui ont un courrier non lu d'abord, puis le plus récent ; `recus` :
    leurs courriers, du premier au dernier.
    """
    remis = Exemplaire.objects.exclude(remis_le=None)
    non_lus = remis.filter(fil=OuterRef("pk"), lu_le=None)
    fils = fils_de(utilisateur).annotate(
        a_lire=Exists(non_lus), dernier_le=Max("exemplaires__remis_le")
    )
    recus = remis.select_related("courrier").defer(*TEXTES).order_by("remis_le", "pk")
    suites = (
        Prefetch("exemplaires", recus, to_attr="recus"),
        Prefetch("retours", Retour.objects.defer("texte")),
    )
    return fils.prefetch_related(*suites).order_by("-a_lire", "-dernier_le", "-pk")


def piece_du_fil(fil: Fil, reference: str) -> PieceJointe:
    """Une pièce que l'entreprise a reçue, avec les autres ou seule, ou qu'elle a jointe."""
    de_tous = Q(courrier__exemplaires__fil=fil, courrier__envoye_le__isnull=False)
    siennes = Q(exemplaire__fil=fil, exemplaire__remis_le__isnull=False) | Q(retour__fil=fil)
    piece = PieceJointe.objects.filter(de_tous | siennes, reference=reference).distinct().first()
    if piece is None:
        raise Introuvable()
    return piece


def non_lus_de(utilisateur: Utilisateur) -> QuerySet[Exemplaire]:
    """Les courriers qu'aucune personne de l'entreprise n'a encore lus."""
    return _non_lus(utilisateur) if utilisateur.est_actif else Exemplaire.objects.none()


@prete
def _non_lus(utilisateur: Utilisateur) -> QuerySet[Exemplaire]:
    non_lus = Exemplaire.objects.filter(
        fil__in=_fils(utilisateur), remis_le__isnull=False, lu_le=None
    )
    non_lus = non_lus.select_related("courrier__consultation__organisme", "fil").defer(*TEXTES)
    return non_lus.order_by("remis_le", "pk")


def a_repondre_de(utilisateur: Utilisateur, *, le: datetime) -> QuerySet[Exemplaire]:
    """Les courriers lus qui attendent une réponse,
    dans leur délai, et auxquels l'entreprise n'a rien répondu.
    """
    return _a_repondre(utilisateur, le) if utilisateur.est_actif else Exemplaire.objects.none()


@prete
def _a_repondre(utilisateur: Utilisateur, le: datetime) -> QuerySet[Exemplaire]:
    repondus = Retour.objects.filter(fil=OuterRef("fil"), recu_le__gte=OuterRef("remis_le"))
    attendus = Exemplaire.objects.filter(
        ~Exists(repondus),
        fil__in=_fils(utilisateur),
        lu_le__isnull=False,
        courrier__reponse_avant__gte=le,
    ).exclude(courrier__consultation__etat__in=SANS_REPONSE)
    attendus = attendus.select_related("courrier__consultation__organisme", "fil").defer(*TEXTES)
    return attendus.order_by("courrier__reponse_avant", "pk")


# ---------------------------------------------------------------- le fil


def remis_dans(fil: Fil) -> QuerySet[Exemplaire]:
    remis = fil.exemplaires.filter(remis_le__isnull=False).select_related(
        "courrier__envoye_par", "lu_par"
    )
    return remis.prefetch_related("courrier__pieces", "pieces").order_by("remis_le", "pk")


@lu_une_fois
def remis_lus(fil: Fil) -> list[Exemplaire]:
    return list(remis_dans(fil))


def pieces_de(exemplaire: Exemplaire) -> list[PieceJointe]:
    """Ce que l'entreprise reçoit : les fichiers pour toutes, puis les siens."""
    return [*exemplaire.courrier.pieces.all(), *exemplaire.pieces.all()]


def dernier_moment_de(fil: Fil) -> datetime | None:
    """Jusqu'à quand l'entreprise doit répondre dans ce fil, tous ses courriers lus ensemble."""
    remis = fil.exemplaires.exclude(remis_le=None).order_by("remis_le", "pk")
    courriers = [
        (le, avant) for le, avant in remis.values_list("remis_le", "courrier__reponse_avant") if le
    ]
    recus = list(fil.retours.values_list("recu_le", flat=True))
    dernier_le = courriers[-1][0]
    delais = [
        rules.Delai(avant, repondu=any(remis_le <= recu < dernier_le for recu in recus))
        for remis_le, avant in courriers
        if avant
    ]
    return rules.dernier_moment(delais, dernier_courrier_le=dernier_le)


def remise_en_cours(consultation: Consultation, *, le: datetime) -> bool:
    """L'heure limite, ou celle du tour d'offres, n'est pas passée."""
    tour = dernier_tour(consultation)
    return le <= consultation.limite or (tour is not None and le <= tour.date_limite)


def moment_de(fil: Fil, *, le: datetime) -> rules.Moment:
    """Où en est la procédure pour cette entreprise, au moment où elle répond."""
    consultation = fil.consultation
    attendu = remise_en_cours(consultation, le=le) and consultation.etat not in SANS_RECEPTION
    sortes = {exemplaire.courrier.sorte for exemplaire in remis_lus(fil)}
    return rules.Moment(
        depot_attendu=attendu,
        reponse_ouverte=plis_ouverts(consultation).filter(equipe=fil.equipe).exists(),
        documents_demandes=not sortes.isdisjoint(rules.DEMANDENT_DES_DOCUMENTS),
        offre_figee=not consultation.procedure.se_negocie
        and sortes.isdisjoint(rules.CHANGENT_L_OFFRE),
    )
