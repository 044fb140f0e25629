"""Ce qu'une ligne du tableur vaut : prête, à corriger, ou à laisser. Des règles pures."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from beffroi.centre.adherents.rules import agents_saisis, siren_juste, siret_de_l_adherent
from beffroi.centre.conventions.rules import duree, reprises
from beffroi.centre.reprises.rules import dates
from beffroi.centre.reprises.rules.dates import en_chiffres
from droit.dates import en_toutes_lettres
from droit.decision import Decision

_COURRIEL = re.compile(r"[^@\s,;:<>()\[\]\\\"]+@[^@\s.,;]+(?:\.[^@\s.,;]+)*\.[^@\s.,;\d]{2,}")
_CHIFFRES_PRIS_POUR_DES_LETTRES = str.maketrans("OoIl", "0011")
_EXPOSANT = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.I)
_NATURES: Sequence[tuple[str, str]] = (
    (r"\bccas\b|\bcias\b|action sociale", "ccas"),
    (r"caisse des [eé]coles", "caisse_des_ecoles"),
    (r"\bcommunaut[eé] (de communes|d.agglom|urbaine)|\bm[eé]tropole\b|\bcc\b|\bca\b", "epci"),
    (r"\bsyndicat\b|\bsivu\b|\bsivom\b|\bpetr\b|\bsmav\b", "syndicat"),
    (r"^(commune|mairie|ville)\b", "commune"),
)
NATURES = {
    "commune": "commune",
    "mairie": "commune",
    "ville": "commune",
    "ccas": "ccas",
    "cias": "ccas",
    "caisse des ecoles": "caisse_des_ecoles",
    "caisse des écoles": "caisse_des_ecoles",
    "epci": "epci",
    "syndicat": "syndicat",
    "autre": "autre",
}
# Leur population est publiée, ou ils comptent avec leur commune : l'effectif se présume.
ONT_UNE_POPULATION = frozenset({"commune", "epci", "ccas", "caisse_des_ecoles"})


@dataclass(frozen=True)
class Connu:
    """Ce que Beffroi sait déjà de ce SIREN."""

    nom: str
    nature: str
    siret: str = ""
    est_active: bool = False
    # La convention en vie ici, en quelques mots ; et qui a pris la suite de l'adhérent.
    en_vie: str = ""
    successeur: str = ""
    siren_du_successeur: str = ""
    succede_le: date | None = None


@dataclass(frozen=True)
class Faute:
    """Une colonne, ce qui ne va pas, et ce que la case propose à la place."""

    colonne: str
    phrase: str
    propose: str = ""


@dataclass(frozen=True)
class Dite:
    """Ce que la ligne dit, une fois comprise."""

    siren: str
    nom: str
    nature: str
    siret: str
    signee_le: date
    prise_d_effet: date
    dernier_jour: date | None
    deliberation_le: date | None
    effectif: int | None
    contact: str
    courriel: str
    copie: str


@dataclass(frozen=True)
class Jugee:
    """`fautes` à corriger ; `laisser` : pourquoi elle ne se reprend pas ; sinon, prête."""

    siren: str
    nom: str
    dite: Dite | None = None
    fautes: Sequence[Faute] = ()
    laisser: str = ""
    remarques: Sequence[str] = ()


@dataclass
class _Examen:
    valeurs: Mapping[str, str]
    fautes: list[Faute] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    def a(self, colonne: str) -> str:
        return self.valeurs.get(colonne, "").strip()

    def refuser(self, colonne: str, phrase: str, propose: str = "") -> None:
        if all(faute.colonne != colonne for faute in self.fautes):
            self.fautes.append(Faute(colonne, phrase, propose or self.a(colonne)))

    def exiger(self, colonne: str, decision: Decision) -> None:
        if not decision.favorable:
            self.refuser(colonne, decision.motifs[0].texte)


def siren_ecrit(ecrit: str) -> str:
    """Les chiffres d'un SIREN, ou les neuf premiers d'un SIRET, sans ce qui aide à les lire."""
    nu = re.sub(r"[\s.\-]", "", ecrit)
    return nu[:9] if len(nu) == 14 else nu


def juger(valeurs: Mapping[str, str], connu: Connu | None, *, aujourd_hui: date) -> Jugee:
    """Une faute par colonne au plus, dans l'ordre du tableur."""
    examen = _Examen(valeurs)
    siren = siren_ecrit(examen.a("siren"))
    nom = examen.a("nom") or (connu.nom if connu else "")
    _siren(examen, siren, connu, aujourd_hui)
    if connu and connu.en_vie and not examen.fautes:
        return Jugee(siren, nom, laisser=f"Déjà ici : {connu.en_vie}.")
    signee, effet, terme, deliberation = _jours(examen, aujourd_hui)
    if terme and terme < aujourd_hui and effet and terme >= effet:
        return Jugee(
            siren,
            nom,
            laisser=f"Finie le {en_toutes_lettres(terme)}. Si elle a été reconduite, videz son "
            "dernier jour.",
        )
    nature, siret = _personne_morale(examen, siren, nom, connu)
    effectif = _effectif(examen, nature)
    _qui_inviter(examen)
    if examen.fautes or signee is None or effet is None:
        return Jugee(siren, nom, fautes=examen.fautes)
    return Jugee(
        siren,
        nom,
        dite=Dite(
            siren=siren,
            nom=nom,
            nature=nature,
            siret=siret,
            signee_le=signee,
            prise_d_effet=effet,
            dernier_jour=terme,
            deliberation_le=deliberation,
            effectif=effectif,
            contact=examen.a("contact"),
            courriel=examen.a("courriel").lower(),
            copie=examen.a("copie"),
        ),
        remarques=examen.remarques,
    )


def _siren(examen: _Examen, siren: str, connu: Connu | None, aujourd_hui: date) -> None:
    if not siren:
        examen.refuser("siren", "Il manque le SIREN.")
    elif _EXPOSANT.fullmatch(siren):
        examen.refuser("siren", "Le tableur a abîmé ce numéro : mettez la colonne au format texte.")
    elif siren != siren.translate(_CHIFFRES_PRIS_POUR_DES_LETTRES):
        # Un SIRET écrit là reste entier : l'accès s'ouvrira avec lui.
        ecrit = re.sub(r"[\s.\-]", "", examen.a("siren"))
        corrige = ecrit.translate(_CHIFFRES_PRIS_POUR_DES_LETTRES)
        quoi = (
            "Une lettre O à la place d'un zéro"
            if "o" in siren.lower()
            else "Une lettre à la place d'un 1"
        )
        examen.refuser("siren", quoi, corrige)
    else:
        examen.exiger("siren", siren_juste(siren))
    if connu and connu.succede_le and connu.succede_le <= aujourd_hui:
        examen.refuser(
            "siren",
            f"Fusionnée : {connu.successeur} a pris sa suite le "
            f"{en_toutes_lettres(connu.succede_le)}",
            connu.siren_du_successeur,
        )


def _jours(
    examen: _Examen, aujourd_hui: date
) -> tuple[date | None, date | None, date | None, date | None]:
    signee = _jour(examen, "signee_le", exige="Il manque le jour de la signature.")
    effet = _jour(examen, "prise_d_effet", exige="Il manque la prise d'effet.")
    terme = _jour(examen, "dernier_jour")
    deliberation = _jour(examen, "deliberation_le")
    if signee:
        examen.exiger(
            "signee_le", reprises.signature_d_ailleurs(le=signee, aujourd_hui=aujourd_hui)
        )
    if signee and deliberation:
        examen.exiger(
            "deliberation_le",
            reprises.deliberation_d_ailleurs(prise_le=deliberation, signee_le=signee),
        )
    if signee and effet:
        examen.exiger("prise_d_effet", reprises.effet_d_ailleurs(effet=effet, signee_le=signee))
    if effet and terme:
        decision = reprises.terme_d_ailleurs(effet=effet, terme=terme)
        if not decision.favorable:
            propose = en_chiffres(duree.terme(effet))
            examen.refuser("dernier_jour", decision.motifs[0].texte.rstrip("."), propose)
        elif remarque := reprises.terme_inattendu(effet=effet, terme=terme):
            examen.remarques.append(remarque)
    elif effet and duree.terme(effet) < aujourd_hui:
        examen.remarques.append("Sans dernier jour : reconduite depuis son premier terme.")
    return signee, effet, terme, deliberation


def _jour(examen: _Examen, colonne: str, *, exige: str = "") -> date | None:
    ecrit = examen.a(colonne)
    if not ecrit:
        if exige:
            examen.refuser(colonne, exige)
        return None
    lu = dates.lire(ecrit)
    if lu.faute:
        examen.refuser(colonne, lu.faute, lu.propose)
    return lu.date


def _personne_morale(examen: _Examen, siren: str, nom: str, connu: Connu | None) -> tuple[str, str]:
    """Ce que l'annuaire sait l'emporte ; sinon, la colonne, puis le nom."""
    if not nom:
        examen.refuser("nom", "Il manque le nom.")
    elif len(nom) > 200:
        examen.refuser("nom", "Ce nom est trop long : 200 signes au plus.")
    nature = connu.nature if connu else nature_de(examen.a("nature"), nom)
    if not nature:
        examen.refuser(
            "nature", "Écrivez commune, CCAS, caisse des écoles, EPCI, syndicat ou autre."
        )
    ecrit = re.sub(r"[\s.\-]", "", examen.a("siret") or examen.a("siren"))
    siret = (connu.siret if connu else "") or (ecrit if len(ecrit) > 9 else "")
    if any(faute.colonne == "siren" for faute in examen.fautes):
        return nature, siret  # le SIRET se juge une fois le SIREN juste
    if not siret and not (connu and connu.est_active):
        examen.refuser("siret", "Il manque : l'annuaire ne l'a pas, et l'accès s'ouvre avec lui")
    elif siret:
        examen.exiger("siret", siret_de_l_adherent(siret=siret, siren=siren))
    return nature, siret


def nature_de(ecrit: str, nom: str) -> str:
    if ecrit:
        return NATURES.get(ecrit.casefold(), "")
    return next((nature for motif, nature in _NATURES if re.search(motif, nom.casefold())), "")


def _effectif(examen: _Examen, nature: str) -> int | None:
    ecrit = examen.a("effectif")
    if ecrit:
        agents, decision = agents_saisis(ecrit)
        examen.exiger("effectif", decision)
        return agents
    if nature and nature not in ONT_UNE_POPULATION and not examen.a("population"):
        examen.refuser("effectif", "Vide, et pas de population pour le présumer")
    return None


def _qui_inviter(examen: _Examen) -> None:
    courriel, contact = examen.a("courriel"), examen.a("contact")
    if not courriel:
        examen.refuser("courriel", "Il manque : une personne y reçoit son invitation")
    elif len(courriel) > 254 or not _COURRIEL.fullmatch(courriel):
        examen.refuser("courriel", "Ce n'est pas une adresse électronique")
    if not contact:
        examen.refuser("contact", "Il manque le nom de la personne à inviter")
    elif len(contact) > 120:
        examen.refuser("contact", "Ce nom est trop long : 120 signes au plus")


def doublons(sirens: Mapping[int, str]) -> Mapping[str, Collection[int]]:
    """Les numéros de ligne qui disent le même SIREN, pour ceux qui sont plusieurs."""
    lignes: dict[str, list[int]] = {}
    for numero, siren in sorted(sirens.items()):
        if siren:
            lignes.setdefault(siren, []).append(numero)
    return {siren: numeros for siren, numeros in lignes.items() if len(numeros) > 1}
