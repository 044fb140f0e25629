"""Ce qu'un fichier relu inscrirait :
les titres, les paiements, ceux à rapprocher, et ce qui empêche. Rien n'est écrit ici.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.models import TitreDeRecette
from beffroi.centre.recettes.rules import recevabilite, reperes
from beffroi.centre.recettes.rules.soldes import RIEN
from beffroi.centre.recettes.services.paiements import Encaissement
from beffroi.centre.recettes.services.titres import Note
from beffroi.centre.recettes.tableaux import (
    LONGUEUR_D_UN_LIBELLE,
    LigneDePaiement,
    LigneDeTitre,
    Lu,
)
from droit.decision import Decision
from formats.sommes import en_euros

# Ce qu'un trop-perçu porte en tête de son libellé, et l'appel qu'il nomme : tant qu'on n'en a pas
# décidé, cet appel ne se relance pas (`lecture.a_eclaircir`).
TROP_PERCU = "Trop-perçu, à décider :"


@dataclass(frozen=True)
class Erreur:
    """Pourquoi une ligne ne peut pas entrer."""

    numero: int
    repere: str
    phrase: str


@dataclass(frozen=True)
class Laissee:
    """Une ligne qui n'entre pas sans rien empêcher : ce qu'elle dit est déjà pris."""

    numero: int
    repere: str
    phrase: str


@dataclass(frozen=True)
class TitrePrevu:
    numero: int
    contribution: Contribution
    note: Note

    @property
    def dit(self) -> list[str]:
        return [self.contribution.reference, *map(str, vars(self.note).values())]


@dataclass(frozen=True)
class PaiementPrevu:
    """Un paiement et son titre ; sans titre, il est à rapprocher, et `pourquoi` le dit."""

    numero: int
    encaissement: Encaissement
    titre: TitreDeRecette | None
    pourquoi: str = ""
    # Payé au-delà de ce que le titre demande encore : gardé, et à décider.
    est_en_trop: bool = False

    @property
    def dit(self) -> list[str]:
        return [str(self.titre or ""), *map(str, vars(self.encaissement).values())]


@dataclass(frozen=True)
class Plan:
    titres: Sequence[TitrePrevu] = ()
    paiements: Sequence[PaiementPrevu] = ()
    a_rapprocher: Sequence[PaiementPrevu] = ()
    erreurs: Sequence[Erreur] = ()
    ignorees: Sequence[str] = ()
    laissees: Sequence[Laissee] = ()

    @property
    def nombre(self) -> int:
        return len(self.titres) + len(self.paiements) + len(self.a_rapprocher)

    @property
    def trop_percus(self) -> int:
        return sum(prevu.est_en_trop for prevu in self.a_rapprocher)

    @property
    def est_applicable(self) -> bool:
        return not self.erreurs and self.nombre > 0

    @property
    def total(self) -> Decimal:
        sommes = [prevu.note.montant for prevu in self.titres]
        sommes += [prevu.encaissement.montant for prevu in (*self.paiements, *self.a_rapprocher)]
        return sum(sommes, RIEN)

    @property
    def empreinte(self) -> str:
        """Ce que l'aperçu a montré :
        si les recettes changent entre-temps, l'empreinte diffère, et on relit.
        """
        recus = [*self.paiements, *self.a_rapprocher]
        dit = [[titre.dit for titre in self.titres], [recu.dit for recu in recus]]
        return hashlib.sha256(json.dumps(dit, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Connus:
    """Ce que la base sait déjà, lu une fois :
    les appels par numéro, les titres, les encaissements notés, les restes.
    """

    appels: Mapping[str, Contribution]
    titres: Sequence[TitreDeRecette]
    encaissements: Mapping[str, date]
    aujourd_hui: date
    par_numero: dict[int, list[TitreDeRecette]] = field(init=False)
    restes: dict[int, Decimal] = field(init=False)

    def __post_init__(self) -> None:
        self.par_numero = defaultdict(list)
        for titre in self.titres:
            self.par_numero[titre.numero].append(titre)
        self.restes = {
            titre.pk: lecture.reste_du_titre(titre)
            for contribution in self.appels.values()
            for titre in contribution.titres.all()
        }

    def appel(self, texte: str) -> Contribution | None:
        nomme = reperes.appel(texte)
        return self.appels.get(f"C-{nomme.annee}-{nomme.numero:04d}") if nomme else None


def appels_par_numero(contributions: Iterable[Contribution]) -> dict[str, Contribution]:
    return {numero_d_appel(contribution): contribution for contribution in contributions}


# ---------------------------------------------------------------- les titres


def des_titres(lu: Lu[LigneDeTitre], connus: Connus) -> Plan:
    prevus, erreurs = list[TitrePrevu](), list[Erreur]()
    numeros = Counter((ligne.exercice, ligne.titre) for ligne in lu.lignes)
    vises = Counter(reperes.appel(ligne.appel) for ligne in lu.lignes)
    for ligne in lu.lignes:
        contribution = connus.appel(ligne.appel)
        phrases = [*ligne.erreurs, *_fautes_d_un_titre(ligne, contribution, connus)]
        if ligne.titre and numeros[ligne.exercice, ligne.titre] > 1:
            phrases.append("Ce titre est sur plusieurs lignes du fichier : n'en gardez qu'une.")
        if contribution and vises[reperes.appel(ligne.appel)] > 1:
            phrases.append("Cet appel est sur plusieurs lignes du fichier : il n'a qu'un titre.")
        erreurs += [Erreur(ligne.numero, ligne.appel, phrase) for phrase in phrases]
        if (
            not phrases
            and contribution
            and ligne.exercice
            and ligne.titre
            and ligne.emis_le
            and ligne.montant
        ):
            note = Note(ligne.exercice, ligne.titre, ligne.emis_le, ligne.montant)
            prevus.append(TitrePrevu(ligne.numero, contribution, note))
    return Plan(titres=prevus, erreurs=erreurs, ignorees=lu.ignorees)


def _fautes_d_un_titre(
    ligne: LigneDeTitre, contribution: Contribution | None, connus: Connus
) -> list[str]:
    if contribution is None:
        if not ligne.appel:
            return ["Il manque le numéro de l'appel, comme C-2027-0031."]
        return [f"« {ligne.appel[:30]} » n'est le numéro d'aucun appel à payer."]
    if not (ligne.exercice and ligne.titre and ligne.emis_le and ligne.montant):
        return []
    if any(titre.exercice == ligne.exercice for titre in connus.par_numero.get(ligne.titre, [])):
        return [f"Le titre {ligne.exercice}-{ligne.titre} est déjà noté."]
    return _motifs(
        recevabilite.peut_noter_un_titre(
            exercice=ligne.exercice,
            emis_le=ligne.emis_le,
            montant=ligne.montant,
            appele=contribution.montant or RIEN,
            deja_titree=str(lecture.titre_en_cours(contribution) or ""),
            aujourd_hui=connus.aujourd_hui,
        )
    )


# ---------------------------------------------------------------- les paiements


def des_paiements(lu: Lu[LigneDePaiement], connus: Connus) -> Plan:
    """Prend ce qui est juste, et laisse le reste à côté, sans rien bloquer.

    Sans titre connu, ou en trop, l'argent est là : il se garde, à rapprocher ou à décider. Déjà
    pris, il ne se note pas deux fois. Seule une ligne illisible arrête le fichier.
    """
    prevus, erreurs, laissees = list[PaiementPrevu](), list[Erreur](), list[Laissee]()
    vues = dict[str, LigneDePaiement]()
    for ligne in lu.lignes:
        titre, pourquoi = _titre_paye(ligne, connus)
        premiere = vues.setdefault(ligne.reference, ligne) if ligne.reference else ligne
        phrases = [*ligne.erreurs, *_fautes_d_un_paiement(ligne, premiere, connus)]
        erreurs += [Erreur(ligne.numero, ligne.reference, phrase) for phrase in phrases]
        prise = _deja_prise(ligne, premiere, connus)
        if not phrases and prise:
            laissees.append(Laissee(ligne.numero, ligne.reference, prise))
        elif not phrases and ligne.recu_le and ligne.montant:
            prevus.append(_prevu(ligne, titre, pourquoi, connus))
    return Plan(
        paiements=[prevu for prevu in prevus if prevu.titre],
        a_rapprocher=[prevu for prevu in prevus if not prevu.titre],
        erreurs=erreurs,
        ignorees=lu.ignorees,
        laissees=laissees,
    )


def _prevu(
    ligne: LigneDePaiement, titre: TitreDeRecette | None, pourquoi: str, connus: Connus
) -> PaiementPrevu:
    """Payer plus que le titre ne demande encore : la somme entière attend qu'on en décide."""
    if ligne.recu_le is None or ligne.montant is None:
        raise ValueError("Une ligne sans faute a son jour et sa somme.")
    en_trop = titre is not None and ligne.montant > connus.restes[titre.pk]
    if titre and en_trop:
        reste = connus.restes[titre.pk]
        dit = f"il restait {en_euros(reste)} à payer" if reste else "il ne restait rien à payer"
        pourquoi = f"Trop-perçu, à décider : {dit} du titre {titre}."
        nomme = f"{TROP_PERCU} titre {titre}, appel {numero_d_appel(titre.contribution)}."
        libelle = f"{nomme} {ligne.libelle}"[:LONGUEUR_D_UN_LIBELLE].strip()
    elif titre:
        libelle = ligne.libelle
        connus.restes[titre.pk] -= ligne.montant
    else:
        libelle = _libelle_a_rapprocher(ligne)
    recu = Encaissement(ligne.reference, ligne.recu_le, ligne.montant, libelle)
    return PaiementPrevu(ligne.numero, recu, None if en_trop else titre, pourquoi, en_trop)


def _deja_prise(ligne: LigneDePaiement, premiere: LigneDePaiement, connus: Connus) -> str:
    deja = connus.encaissements.get(ligne.reference)
    if deja:
        return f"Déjà pris : cet encaissement est noté au {deja:%d/%m/%Y}."
    return f"Déjà pris : c'est la ligne {premiere.numero}." if ligne is not premiere else ""


def _libelle_a_rapprocher(ligne: LigneDePaiement) -> str:
    """Ce que le relevé dit, et l'appel ou le titre que la ligne
    nommait : qui rapproche les lira.
    """
    nommes = [
        dit
        for dit in (ligne.appel, ligne.titre and f"titre {ligne.titre}")
        if dit and dit not in ligne.libelle
    ]
    return " ".join(filter(None, (*nommes, ligne.libelle)))[:LONGUEUR_D_UN_LIBELLE]


def _titre_paye(ligne: LigneDePaiement, connus: Connus) -> tuple[TitreDeRecette | None, str]:
    """Le titre que la ligne nomme, ou celui de l'appel qu'elle nomme ;
    sinon, pourquoi on ne le trouve pas.
    """
    if ligne.titre:
        return _titre_nomme(ligne, connus)
    dit = ligne.appel or reperes.appel_cite(ligne.libelle)
    contribution = connus.appel(dit)
    if contribution is None:
        return (
            None,
            f"« {dit[:30]} » n'est le numéro d'aucun appel à payer."
            if dit
            else "Elle ne nomme ni titre ni appel.",
        )
    titre = lecture.titre_en_cours(contribution)
    return (
        titre,
        "" if titre else f"L'appel {numero_d_appel(contribution)} n'a pas encore son titre.",
    )


def _titre_nomme(ligne: LigneDePaiement, connus: Connus) -> tuple[TitreDeRecette | None, str]:
    nomme = reperes.titre(ligne.titre)
    if nomme is None:
        return None, f"« {ligne.titre[:30]} » n'est pas un numéro de titre."
    exercice = nomme.exercice or ligne.exercice or (ligne.recu_le.year if ligne.recu_le else None)
    trouves = [
        titre
        for titre in connus.par_numero.get(nomme.numero, [])
        if titre.annule_le is None and exercice in {None, titre.exercice}
    ]
    if len(trouves) == 1:
        return _sans_contradiction(trouves[0], ligne)
    dit = f"{exercice}-{nomme.numero}" if exercice else str(nomme.numero)
    return (
        None,
        f"Plusieurs exercices ont un titre {dit}."
        if trouves
        else f"Aucun titre en cours ne porte le numéro {dit}.",
    )


def _sans_contradiction(
    titre: TitreDeRecette, ligne: LigneDePaiement
) -> tuple[TitreDeRecette | None, str]:
    """Un titre et un appel qui ne vont pas ensemble : une personne choisit, pas la machine."""
    dit = reperes.appel(ligne.appel) or reperes.appel(reperes.appel_cite(ligne.libelle))
    contribution = titre.contribution
    if dit is None or (dit.annee, dit.numero) == (contribution.exercice.annee, contribution.numero):
        return titre, ""
    return None, f"Le titre {titre} n'est pas celui de l'appel que la ligne nomme."


def _fautes_d_un_paiement(
    ligne: LigneDePaiement, premiere: LigneDePaiement, connus: Connus
) -> list[str]:
    """Deux lignes d'une même référence qui ne disent pas la même chose : laquelle est la vraie ?"""
    if not (ligne.recu_le and ligne.montant):
        return []
    if (ligne.recu_le, ligne.montant) != (premiere.recu_le, premiere.montant):
        return [
            f"La ligne {premiere.numero} porte la même référence avec un autre jour ou une autre "
            "somme : gardez la vraie."
        ]
    return _motifs(
        recevabilite.peut_encaisser(
            recu_le=ligne.recu_le,
            montant=ligne.montant,
            reste=ligne.montant,
            aujourd_hui=connus.aujourd_hui,
        )
    )


def _motifs(decision: Decision) -> list[str]:
    return [] if decision.favorable else [motif.texte for motif in decision.motifs]
