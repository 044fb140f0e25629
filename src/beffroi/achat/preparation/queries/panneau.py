"""Le panneau : ce qui se déduit des réponses, chaque ligne avec son
« Pourquoi ? » et son « Modifier ».
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries.taches_du_brouillon import points_a_regler
from beffroi.achat.consultations.rules.procedures import ROLES_DES_DOCUMENTS
from beffroi.achat.consultations.rules.publication import AVERTISSEMENT, BLOQUANT, Controle
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.models import ChoixMotive, Preparation
from beffroi.achat.preparation.questionnaire import LimiteRefusee, refus_de_la_limite
from beffroi.achat.preparation.rules.procedure import est_menee
from beffroi.achat.preparation.rules.reponses import Reponses
from droit.calendrier.echeance import Echeance
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Calendrier, Etapes, calendrier
from droit.calendrier.remise import CalendrierSansObjet
from droit.citation import Article
from droit.decision import Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.regime import Choix, Proposition, Raison

_REGIME = ("procedure", "petits_lots", "lots_sans_publicite", "durabilite", "avance", "suspension")
CONSTATS_MONTRES = 5
_PUBLICITE = ("publicite", "avis", "dossier", "controle_de_legalite", "donnees_essentielles")

# « RC-21, CCP, art. R. 2152-12 » : le code du contrôle, puis sa source.
_CODE = re.compile(r"(?P<code>(?:RC|PUB)-\d+)(?:, (?P<source>.*))?$")
DOCUMENTS = Article("CCP", "R. 2132-1")
# La question qui change une ligne qui n'a pas d'autre voie, ou une date.
_SE_CHANGE_A = {
    "petits_lots": "lots",
    "lots_sans_publicite": "lots",
    "durabilite": "criteres",
    "questions": "calendrier",
    "limite": "calendrier",
    "libre": "calendrier",
}
# Ce que la loi fixe, et la réponse d'où elle part.
_DEPEND_DE = {
    "procedure": ("montant", "le montant"),
    "publicite": ("montant", "le montant"),
    "avance": ("montant", "le montant et la durée"),
    "suspension": ("montant", "le montant"),
    "avis": ("montant", "le montant"),
    "controle_de_legalite": ("montant", "le montant"),
    "donnees_essentielles": ("montant", "le montant"),
    "minimum": ("calendrier", "le jour d'envoi de l'avis"),
    "reponses": ("calendrier", "l'heure limite"),
}


class Pourquoi(NamedTuple):
    """Une raison, telle qu'elle se lit :
    la phrase, son article, la valeur et depuis quand, la confiance, la source.
    """

    texte: str
    article: str
    en_vigueur: str
    confiance: str
    lien: str


class Changer(NamedTuple):
    """Où une ligne se change.

    `fixe` : la loi la fixe ; `url` et `mot` disent alors de quelle réponse elle dépend.
    """

    url: str = ""
    mot: str = ""
    fixe: bool = False


class DocumentDemande(NamedTuple):
    """Un document que la procédure demande, pourquoi, et où il se met."""

    nom: str
    raisons: tuple[Pourquoi, ...]
    changer: Changer


@dataclass(frozen=True)
class Ligne:
    """Une ligne du panneau.

    `changer` : les autres voies, ou la question dont elle dépend ; `choix` : la voie retenue.
    """

    cle: str
    question: str
    libelle: str
    raisons: tuple[Pourquoi, ...]
    choix: ChoixMotive | None = None
    a_verifier: bool = False
    changer: Changer = Changer()  # noqa: RUF009  (figé)


@dataclass(frozen=True)
class LigneDuCalendrier:
    libelle: str
    jour: date | None
    instant: datetime | None
    attend: str
    conseil: bool
    raisons: tuple[Pourquoi, ...]
    changer: Changer


@dataclass(frozen=True)
class ConstatAffiche:
    """Un point à régler ou à relire, en court :
    la phrase, le remède, la source, et où le corriger.
    """

    code: str
    gravite: str
    texte: str
    remede: str
    source: str
    url: str


@dataclass(frozen=True)
class Panneau:
    """Les cinq parts du panneau. Sans proposition, `manque` dit quelle réponse elle attend."""

    regime: tuple[Ligne, ...] = ()
    publicite: tuple[Ligne, ...] = ()
    calendrier: tuple[LigneDuCalendrier, ...] = ()
    documents: tuple[DocumentDemande, ...] = ()
    controles: Sequence[ConstatAffiche] = ()
    limite_refusee: LimiteRefusee | None = None
    reserves: tuple[str, ...] = ()
    manque: str = ""
    tables: str = ""

    @property
    def parts(self) -> tuple[tuple[str, str, tuple[Ligne, ...]], ...]:
        return (("regime", "Régime", self.regime), ("publicite", "Publicité", self.publicite))

    @property
    def a_montrer(self) -> list[ConstatAffiche]:
        """Les premiers à corriger, ceux des réponses d'abord :
        le panneau reste court, la page « Vérifier » les donne tous.
        """
        bloquants = sorted(self.bloquants, key=lambda constat: not constat.code)
        return [*bloquants, *self.avertissements][:CONSTATS_MONTRES]

    @property
    def reste(self) -> int:
        return max(len(self.bloquants) + len(self.avertissements) - CONSTATS_MONTRES, 0)

    @property
    def compte_des_bloquants(self) -> str:
        return _compte(len(self.bloquants), "point à régler", "points à régler")

    @property
    def compte_des_avertissements(self) -> str:
        return _compte(len(self.avertissements), "point à relire", "points à relire")

    @property
    def bloquants(self) -> list[ConstatAffiche]:
        return [constat for constat in self.controles if constat.gravite == BLOQUANT]

    @property
    def avertissements(self) -> list[ConstatAffiche]:
        return [constat for constat in self.controles if constat.gravite == AVERTISSEMENT]


def _compte(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre} {un if nombre < 2 else plusieurs}"


def panneau(consultation: Consultation, *, le: datetime) -> Panneau:
    """Tout ce que les réponses d'aujourd'hui permettent de dire."""
    preparation = queries.preparation_de(consultation)
    reponses = queries.reponses_de(preparation)
    jour = queries.jour_de_reference(preparation, le)
    droit = Droit.au(jour)
    commun = _commun(consultation, preparation, droit=droit, le=le)
    try:
        proposition = queries.proposition_de(preparation, jour=jour)
    except DroitInconnu as inconnu:
        return replace(commun, manque=inconnu.phrase)
    if proposition is None:
        return replace(
            commun, manque="Dites ce que vous achetez et pour combien : le régime s'en déduit."
        )
    choix = queries.choix_de(preparation)
    return replace(
        commun,
        regime=_lignes(consultation, proposition, _REGIME, choix),
        publicite=_lignes(consultation, proposition, _PUBLICITE, choix),
        calendrier=_calendrier(consultation, reponses, droit=droit),
        reserves=_reserves(consultation, proposition),
    )


def _commun(
    consultation: Consultation, preparation: Preparation, *, droit: Droit, le: datetime
) -> Panneau:
    """Ce qui se dit même sans régime : les documents, les contrôles, une heure limite refusée."""
    return Panneau(
        documents=tuple(_document(nom, consultation) for nom in consultation.procedure.documents),
        controles=[_constat(controle, url) for controle, url in points_a_regler(consultation, le)],
        limite_refusee=refus_de_la_limite(preparation, le=le),
        tables=f"Tables de la loi, version {droit.version}, au {droit.jour:%d/%m/%Y}",
    )


def _constat(controle: Controle, url: str) -> ConstatAffiche:
    trouve = _CODE.match(controle.source)
    code, source = (trouve["code"], trouve["source"]) if trouve else ("", controle.source)
    return ConstatAffiche(
        code=code,
        gravite=controle.gravite,
        texte=controle.quoi or controle.texte,
        remede=controle.remede
        or "Ce point se règle avant de publier : la page « Vérifier » le demande.",
        source=source or "",
        url=url,
    )


def _document(nom: str, consultation: Consultation) -> DocumentDemande:
    """Ce que l'acheteur fournit pour décrire son besoin et sa procédure,
    l'avis compris (CCP, art. R. 2132-1).
    """
    procedure = consultation.procedure
    usage = Motif(f"La liste d'usage pour « {procedure.libelle} ».", procedure.article)
    motifs = (
        [Motif(ROLES_DES_DOCUMENTS[nom], None if "concession" in procedure.cle else DOCUMENTS)]
        if nom in ROLES_DES_DOCUMENTS
        else []
    )
    return DocumentDemande(
        nom,
        tuple(_motif(motif) for motif in (*motifs, usage)),
        _changer_le_document(nom, consultation),
    )


def _changer_le_document(nom: str, consultation: Consultation) -> Changer:
    if nom == "avis":  # il s'écrit plus haut, à la page de la publicité
        return Changer(f"/consultations/{consultation.reference}/publicite/")
    return Changer(reverse("consultations:preparer_documents", args=(consultation.reference,)))


def _page(consultation: Consultation, cle: str) -> str:
    return reverse(f"preparation:{cle}", args=(consultation.reference,))


def _changer(cle: str, consultation: Consultation) -> Changer:
    """La question qui change cette ligne ; ou la loi, et la réponse d'où la loi part."""
    if cle in _SE_CHANGE_A:
        return Changer(_page(consultation, _SE_CHANGE_A[cle]))
    question, mot = _DEPEND_DE.get(cle, ("", ""))
    return Changer(_page(consultation, question) if question else "", mot, fixe=True)


def _lignes(
    consultation: Consultation,
    proposition: Proposition,
    cles: tuple[str, ...],
    choix: dict[str, ChoixMotive],
) -> tuple[Ligne, ...]:
    return tuple(
        _ligne(consultation, ligne, choix.get(ligne.cle))
        for ligne in proposition.choix
        if ligne.cle in cles
    )


def _ligne(consultation: Consultation, ligne: Choix, choisi: ChoixMotive | None) -> Ligne:
    voies = (
        reverse("preparation:modifier", args=(consultation.reference, ligne.cle))
        if ligne.alternatives
        else ""
    )
    return Ligne(
        cle=ligne.cle,
        question=ligne.question,
        libelle=choisi.libelle if choisi else ligne.libelle,
        raisons=tuple(pourquoi(raison) for raison in ligne.pourquoi),
        choix=choisi,
        a_verifier=ligne.est_a_verifier,
        changer=Changer(voies) if voies else _changer(ligne.cle, consultation),
    )


def pourquoi(raison: Raison) -> Pourquoi:
    valeur = raison.valeur
    return Pourquoi(
        texte=raison.motif.texte,
        article=str(raison.motif.source or ""),
        en_vigueur=raison.en_vigueur,
        confiance=raison.confiance.phrase,
        lien=valeur.lu.lien if valeur else "",
    )


def _reserves(consultation: Consultation, proposition: Proposition) -> tuple[str, ...]:
    reserves = [str(reserve) for reserve in proposition.reserves]
    proposee = proposition.procedure.valeur
    if consultation.type_de_procedure != proposee and not est_menee(proposee):
        reserves.insert(
            0,
            f"« {proposition.procedure.libelle} » n'est pas encore menée ici. "
            f"La plateforme prépare donc : {consultation.procedure.libelle.lower()}.",
        )
    return tuple(reserves)


def _calendrier(
    consultation: Consultation, reponses: Reponses, *, droit: Droit
) -> tuple[LigneDuCalendrier, ...]:
    try:
        trouve = calendrier_de(consultation, reponses, droit=droit)
    except (CalendrierSansObjet, DroitInconnu):
        return ()
    return tuple(_echeance(echeance, consultation) for echeance in trouve.echeances)


def calendrier_de(consultation: Consultation, reponses: Reponses, *, droit: Droit) -> Calendrier:
    """Le calendrier de la procédure retenue, l'avis partant au jour de référence."""
    dit = reponses.calendrier
    return calendrier(
        droit,
        consultation.procedure,
        etapes=Etapes(envoi=droit.jour, limite=consultation.date_limite_remise),
        acheteur=consultation.type_d_acheteur,
        circonstances=Circonstances(
            electronique=True,
            urgence=bool(dit and dit.urgence),
            preinformation=dit.preinformation if dit else None,
            hors_profil=reponses.hors_profil,
        ),
    )


def _echeance(echeance: Echeance, consultation: Consultation) -> LigneDuCalendrier:
    return LigneDuCalendrier(
        libelle=echeance.libelle,
        jour=echeance.jour,
        instant=echeance.instant,
        attend=echeance.attend,
        conseil=echeance.conseil,
        raisons=tuple(_motif(motif) for motif in echeance.pourquoi),
        changer=_changer(echeance.cle.split(".")[-1], consultation),
    )


def _motif(motif: Motif) -> Pourquoi:
    return Pourquoi(motif.texte, str(motif.source or ""), "", "", "")
