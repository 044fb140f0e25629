"""Le procès-verbal d'ouverture des plis.

Chaque ligne est un fait daté. Les décisions et les observations sont celles de
l'acheteur, recopiées sans retouche. Aucun article du CCP n'impose de séance : le
document est là pour la preuve.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from formats import composition, dates, durees, sceau_svg, tailles
from formats.caracteres import groupes, lisible, morceaux
from formats.typographie import typographier

_BLEU = "#1f4079"
# Au-delà, le PDF prendrait des gigaoctets : seules les pièces en défaut sont nommées.
PIECES_DETAILLEES = 1_000
_ENVELOPPES = {"candidature": "Candidature", "offre": "Offre"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membre:
    nom: str
    qualite: str
    declaration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TourDeCle:
    """Qui a tourné une clé, à quel titre (membre ou gardien), et quand."""

    nom: str
    qualite: str
    tournee_le: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DepotInscrit:
    recepisse: str
    entreprise: str
    recu_le: datetime
    hors_delai: bool
    support: str
    # Ce qui était établi de qui a déposé, quand il l'a fait ; vide d'un dépôt matériel.
    identite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceOuverte:
    nom: str
    taille: int
    sha256: str
    intacte: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnveloppeOuverte:
    """Une enveloppe descellée ; `empreinte_du_depot` dessine le même sceau que sur le récépissé."""

    entreprise: str
    recepisse: str
    enveloppe: str
    lot: int | None
    recu_le: datetime
    ouverte_le: datetime
    empreinte_du_depot: bytes
    pieces: tuple[PieceOuverte, ...]
    anomalies: tuple[str, ...]
    observations: tuple[str, ...]
    precisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PliHorsDelai:
    """Un pli reçu après l'heure limite :
    sa preuve, puis la décision de l'acheteur et ses raisons.
    """

    entreprise: str
    recepisse: str
    recu_le: datetime
    preuves: tuple[str, ...]
    decision: str
    motif: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    survenu_le: datetime
    texte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationOuverte:
    reference: str
    titre: str
    objet: str
    acheteur: str
    date_limite: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcesVerbal:
    reference: str
    consultation: ConsultationOuverte
    exploitant: str
    lieu: str
    ouverte_le: datetime
    close_le: datetime
    membres: tuple[Membre, ...]
    politique_de_cles: str
    tours_de_cle: tuple[TourDeCle, ...]
    recours_aux_gardiens: str | None
    depots: tuple[DepotInscrit, ...]
    enveloppes: tuple[EnveloppeOuverte, ...]
    hors_delai: tuple[PliHorsDelai, ...]
    incidents: tuple[Incident, ...]
    remarques: tuple[str, ...]
    version_du_logiciel: str
    empreintes: tuple[tuple[str, str], ...]
    etabli_le: datetime
    antivirus: str = ""
    # Qui siège à la commission sans être à la table :
    # leur nom et leur qualité, pour signer avec les autres.
    autres_signataires: tuple[tuple[str, str], ...] = ()


def pdf(proces_verbal: ProcesVerbal) -> bytes:
    """Le procès-verbal en PDF/A-2a et PDF/UA-1, prêt à signer."""
    return composition.composer(
        "proces_verbal", _donnees(proces_verbal), etabli_le=proces_verbal.etabli_le
    )


def _donnees(pv: ProcesVerbal) -> dict[str, object]:
    abrege = sum(len(e.pieces) for e in pv.enveloppes) > PIECES_DETAILLEES
    return {
        "titre": f"Procès-verbal d’ouverture {lisible(pv.reference)}",
        "exploitant": lisible(pv.exploitant),
        "etabli": f"{dates.jour(pv.etabli_le)} à {dates.heure(pv.etabli_le)}",
        "reference": lisible(pv.reference),
        "jour": dates.jour(pv.ouverte_le),
        "horaires": _horaires(pv),
        "consultation": _consultation(pv.consultation),
        "lieu": morceaux(pv.lieu),
        "membres": [_membre(m) for m in pv.membres],
        "signataires": [*_signataires(pv)],
        "politique": typographier(lisible(pv.politique_de_cles)),
        "cles": [_cle(t) for t in pv.tours_de_cle],
        "gardiens": None if pv.recours_aux_gardiens is None else morceaux(pv.recours_aux_gardiens),
        "depots": [_depot(d) for d in pv.depots],
        "enveloppes": [_enveloppe(e, abrege=abrege) for e in pv.enveloppes],
        "antivirus": typographier(lisible(pv.antivirus)) if pv.enveloppes else "",
        "sans_decision": _sans_decision(pv.depots),
        "hors_delai": [
            _pli_hors_delai(p, date_limite=pv.consultation.date_limite) for p in pv.hors_delai
        ],
        "incidents": [_incident(i) for i in pv.incidents],
        "remarques": [morceaux(remarque) for remarque in pv.remarques],
        "version": morceaux(pv.version_du_logiciel),
        "empreintes": [
            {"nom": lisible(nom), "valeur": groupes(valeur)} for nom, valeur in pv.empreintes
        ],
    }


def _horaires(pv: ProcesVerbal) -> str:
    fin = dates.heure(pv.close_le)
    if dates.jour(pv.close_le) != dates.jour(pv.ouverte_le):
        fin = f"{fin} le {dates.jour(pv.close_le)}"
    return f"De {dates.heure(pv.ouverte_le)} à {fin}, {dates.zone(pv.ouverte_le)}"


def _consultation(c: ConsultationOuverte) -> list[dict[str, object]]:
    lignes = [
        ("Acheteur", c.acheteur),
        ("Consultation", f"{c.reference}, {c.titre}"),
        ("Objet", c.objet),
        ("Heure limite", dates.jour_et_heure(c.date_limite)),
    ]
    return [{"nom": nom, "valeur": morceaux(valeur)} for nom, valeur in lignes]


def _signataires(pv: ProcesVerbal) -> Iterator[dict[str, object]]:
    for nom, qualite in (*((m.nom, m.qualite) for m in pv.membres), *pv.autres_signataires):
        yield {"nom": morceaux(nom), "qualite": morceaux(qualite)}


def _membre(m: Membre) -> dict[str, object]:
    return {
        "nom": morceaux(m.nom),
        "qualite": morceaux(m.qualite),
        "declaration": morceaux(m.declaration),
    }


def _cle(t: TourDeCle) -> dict[str, object]:
    return {
        "nom": morceaux(t.nom),
        "qualite": morceaux(t.qualite),
        "heure": dates.heure(t.tournee_le),
    }


def _depot(d: DepotInscrit) -> dict[str, object]:
    return {
        "entreprise": morceaux(d.entreprise),
        "recepisse": lisible(d.recepisse),
        "jour": dates.jour(d.recu_le),
        "heure": dates.heure_exacte(d.recu_le),
        "hors_delai": d.hors_delai,
        "support": lisible(d.support),
        "identite": morceaux(typographier(d.identite)),
    }


def _enveloppe(e: EnveloppeOuverte, *, abrege: bool) -> dict[str, object]:
    nature = _ENVELOPPES.get(e.enveloppe, lisible(e.enveloppe))
    lignes = [
        ("Récépissé", e.recepisse),
        ("Reçue le", dates.jour_et_heure(e.recu_le, exacte=True)),
        ("Ouverte à", dates.heure(e.ouverte_le)),
    ]
    return {
        "entreprise": morceaux(e.entreprise),
        "nature": typographier(f"{nature}, lot {e.lot}") if e.lot is not None else nature,
        "sceau": sceau_svg.image(e.empreinte_du_depot, couleur=_BLEU),
        "fiche": [{"nom": nom, "valeur": morceaux(valeur)} for nom, valeur in lignes],
        "bilan": _bilan(e),
        "pieces": [_piece(p) for p in e.pieces if not (abrege and p.intacte)],
        "anomalies": [morceaux(a) for a in e.anomalies],
        "precisions": [morceaux(p) for p in e.precisions],
        "observations": [morceaux(o) for o in e.observations],
    }


def _bilan(e: EnveloppeOuverte) -> str:
    if not e.pieces:
        return "Aucune pièce n’en est sortie." if e.anomalies else "Cette enveloppe est vide."
    intactes = sum(p.intacte for p in e.pieces)
    pluriel = "s" if len(e.pieces) > 1 else ""
    ensemble = (
        f"{tailles.nombre(len(e.pieces))} pièce{pluriel}, dont {tailles.nombre(intactes)} intacte"
    )
    anomalie = "" if e.anomalies else " Aucune anomalie."
    return (
        f"{ensemble}{'s' if intactes > 1 else ''}.{anomalie} Le manifeste de l’enveloppe en "
        "donne la liste scellée."
    )


def _sans_decision(depots: tuple[DepotInscrit, ...]) -> str:
    """Ce qu'on dit quand la séance n'a rien décidé :
    soit rien n'est arrivé en retard, soit c'est décidé ailleurs.
    """
    retards = sum(depot.hors_delai for depot in depots)
    if not retards:
        return "Aucune réponse n’est arrivée après l’heure limite."
    arrives = f"{retards} dépôts sont arrivés" if retards > 1 else "Un dépôt est arrivé"
    return f"{arrives} après l’heure limite. Cette séance n’en a pas décidé."


def _piece(p: PieceOuverte) -> dict[str, object]:
    return {
        "nom": morceaux(p.nom),
        "taille": tailles.humaniser(p.taille),
        "intacte": p.intacte,
        "sha256": groupes(p.sha256),
    }


def _pli_hors_delai(p: PliHorsDelai, *, date_limite: datetime) -> dict[str, object]:
    lignes = [
        ("Récépissé", p.recepisse),
        ("Reçue le", dates.jour_et_heure(p.recu_le, exacte=True)),
        ("Retard", durees.humaniser(durees.ecart(depuis=date_limite, jusqu_a=p.recu_le))),
        *(("Preuve", preuve) for preuve in p.preuves),
        ("Décision de l’acheteur", p.decision),
        ("Raisons", p.motif),
    ]
    fiche = [{"nom": nom, "valeur": morceaux(valeur)} for nom, valeur in lignes]
    return {"entreprise": morceaux(p.entreprise), "fiche": fiche}


def _incident(i: Incident) -> dict[str, object]:
    return {"heure": dates.heure(i.survenu_le), "texte": morceaux(i.texte)}
