"""Le récépissé d'un dépôt :
les cinq mentions exigées (CCP, annexe 7, art. 2, III), puis les preuves.
"""

from dataclasses import dataclass
from datetime import datetime

from formats import composition, dates, durees, sceau_svg, tailles
from formats.caracteres import groupes, lisible, morceaux
from formats.depot import Depot, EnveloppeRecue, FichierRecu
from formats.mots import huit_mots
from formats.typographie import typographier

_BLEU = "#1f4079"
_ENVELOPPES = {"candidature": "Candidature", "offre": "Offre"}
COMMANDE_OPENSSL = "openssl ts -verify -in depot.tsr -data depot.json -CAfile cles/horodatage.pem"
# Au-delà, un tableau d'empreintes prendrait des centaines de pages et des gigaoctets :
# on garde noms et tailles.
FICHIERS_DETAILLES = 500
_SOURCES = {"declaree": "déclarée par votre poste", "recalculee": "recalculée par le serveur"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Horodatage:
    """Le jeton que porte le récépissé :
    celui du service, ou un jeton qualifié (règlement eIDAS).
    """

    qualifie: bool
    emis_le: datetime
    autorite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAuRegistre:
    """Rang de l'écriture et taille du registre au point de contrôle joint."""

    ecriture: int
    taille: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Ce que le récépissé dit de la plate-forme qui l'établit."""

    exploitant: str
    serveur: str
    assistance: str
    adresse_de_verification: str
    adresse_des_reponses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recepisse:
    depot: Depot
    empreinte: bytes
    intitules_des_lots: tuple[tuple[int, str], ...]
    est_une_concession: bool
    horodatage: Horodatage
    place: PlaceAuRegistre
    service: Service
    etabli_le: datetime


def pdf(recepisse: Recepisse) -> bytes:
    """Le récépissé en PDF/A-2a et PDF/UA-1."""
    return composition.composer("recepisse", _donnees(recepisse), etabli_le=recepisse.etabli_le)


def phrase_de_delai(depot: Depot) -> str:
    """« 1 min 52 s avant l'heure limite de 12:00:00 »."""
    ecart = durees.ecart(depuis=depot.recu_le, jusqu_a=depot.date_limite)
    heure = f"{dates.heure(depot.date_limite)}{dates.laquelle(depot.date_limite)}"
    limite = f"l’heure limite de {heure}"
    if dates.jour(depot.recu_le) != dates.jour(depot.date_limite):
        limite = f"la limite du {dates.jour(depot.date_limite)} à {heure}"
    if not ecart:
        return typographier(f"à l’instant même de {limite}")
    return typographier(
        f"{durees.humaniser(ecart)} {'après' if depot.hors_delai else 'avant'} {limite}"
    )


def phrase_d_horodatage(horodatage: Horodatage) -> str:
    """Dit lequel des deux jetons est joint, pour que personne ne prenne l'un pour l'autre."""
    emission = f"{lisible(horodatage.autorite)}, à {dates.heure_exacte(horodatage.emis_le)}"
    if horodatage.qualifie:
        return f"Jeton qualifié joint : {emission}"
    return f"Jeton du service joint : {emission}. Le jeton qualifié est en cours, il sera joint."


def _donnees(r: Recepisse) -> dict[str, object]:
    depot = r.depot
    fichiers = [f for e in depot.enveloppes for f in e.fichiers]
    pluriel = "s" if len(fichiers) > 1 else ""
    volume = tailles.humaniser(sum(f.taille for f in fichiers))
    return {
        "titre": f"Récépissé {depot.recepisse}",
        "exploitant": lisible(r.service.exploitant),
        "etabli": f"{dates.jour(r.etabli_le)} à {dates.heure(r.etabli_le)}",
        "reference": depot.recepisse,
        "jour": dates.jour(depot.recu_le),
        "heure": dates.heure_exacte(depot.recu_le),
        "zone": dates.zone(depot.recu_le),
        "hors_delai": depot.hors_delai,
        "delai": phrase_de_delai(depot),
        "sceau": sceau_svg.image(r.empreinte, couleur=_BLEU),
        "mentions": _mentions(r),
        "total": typographier(f"{len(fichiers)} fichier{pluriel} scellé{pluriel}, {volume}."),
        "explication": _explication(fichiers),
        "abrege": _est_abrege(fichiers),
        "enveloppes": [
            _enveloppe(e, melange=_sources_melangees(fichiers)) for e in depot.enveloppes
        ],
        "mots": list(huit_mots(r.empreinte)),
        "preuves": _preuves(r),
        "empreinte": groupes(r.empreinte.hex()),
        "suites": _suites(r),
        "verification": r.service.adresse_de_verification,
        "openssl": COMMANDE_OPENSSL,
        "qr": composition.code_qr(r.service.adresse_de_verification),
    }


def _mentions(r: Recepisse) -> list[dict[str, object]]:
    d = r.depot
    deposant = f"{d.deposant.nom}, {d.deposant.identifiant}, par {d.deposant.personne}"
    recu = (
        f"{dates.jour_et_heure(d.recu_le, exacte=True)}, soit {dates.heure_universelle(d.recu_le)}"
    )
    lots = [("Lot" if len(d.lots) == 1 else "Lots", _lots(r))] if d.lots else []
    lignes = [
        ("Déposant", deposant),
        ("Acheteur", f"{d.acheteur.nom}, SIRET {d.acheteur.siret}"),
        ("Consultation", f"{d.consultation.reference}, {d.consultation.titre}"),
        ("Objet", d.consultation.objet),
        *lots,
        ("Reçue le", recu),
        ("Réponse remplacée", d.remplace or "Aucune"),
    ]
    return [{"nom": nom, "valeur": morceaux(valeur)} for nom, valeur in lignes]


def _lots(r: Recepisse) -> str:
    intitules = dict(r.intitules_des_lots)
    return " ; ".join(
        typographier(f"lot {n}, {intitules[n]}" if n in intitules else f"lot {n}")
        for n in r.depot.lots
    )


def _sources_melangees(fichiers: list[FichierRecu]) -> bool:
    return len({f.sha256_source for f in fichiers}) > 1


def _est_abrege(fichiers: list[FichierRecu]) -> bool:
    return len(fichiers) > FICHIERS_DETAILLES


def _explication(fichiers: list[FichierRecu]) -> str:
    """Qui a calculé quoi : la racine toujours le serveur, le SHA-256 selon sa source."""
    if _est_abrege(fichiers):
        return "Leurs empreintes sont dans depot.json, que ce récépissé prouve tout entier."
    racine = "L’empreinte change si un seul octet change. Le serveur a vérifié la racine."
    if _sources_melangees(fichiers) or not fichiers:
        return racine
    return f"{racine} L’empreinte SHA-256 est {_source(fichiers[0])}."


def _source(fichier: FichierRecu) -> str:
    return _SOURCES.get(fichier.sha256_source, lisible(fichier.sha256_source))


def _enveloppe(e: EnveloppeRecue, *, melange: bool) -> dict[str, object]:
    nom = _ENVELOPPES.get(e.enveloppe, lisible(e.enveloppe))
    fichiers = [_fichier(f, precision=_source(f) if melange else "") for f in e.fichiers]
    manifeste = _fichier(e.manifeste, precision="liste scellée de ces fichiers")
    return {
        "titre": typographier(f"{nom}, lot {e.lot}") if e.lot is not None else nom,
        "cle": groupes(e.empreinte),
        "engagement": groupes(e.engagement),
        "fichiers": [*fichiers, manifeste],
    }


def _fichier(f: FichierRecu, *, precision: str) -> dict[str, object]:
    return {
        "nom": morceaux(f.nom),
        "precision": precision,
        "taille": tailles.humaniser(f.taille),
        "sha256": groupes(f.sha256),
        "racine": groupes(f.racine),
    }


def _preuves(r: Recepisse) -> list[dict[str, object]]:
    d = r.depot
    inclusion = (
        "Preuve d’inclusion jointe, point de contrôle signé sur "
        f"{tailles.nombre(r.place.taille)} écritures"
    )
    lignes = [
        ("Horodatage", phrase_d_horodatage(r.horodatage)),
        ("Place au registre", f"Écriture n° {tailles.nombre(r.place.ecriture)}. {inclusion}"),
        ("Transmission", _transmission(d)),
        ("Serveur et poste", f"{lisible(r.service.serveur)} ; {lisible(d.version_client)}"),
    ]
    return [{"nom": nom, "valeur": morceaux(typographier(valeur))} for nom, valeur in lignes]


def _transmission(depot: Depot) -> str:
    debut, fin = depot.debut_transmission, depot.fin_transmission
    if dates.jour(debut) == dates.jour(fin):
        return f"De {dates.heure_exacte(debut)} à {dates.heure_exacte(fin)}, le {dates.jour(fin)}"
    return (
        f"Du {dates.jour(debut)} à {dates.heure_exacte(debut)} au {dates.jour(fin)} à "
        f"{dates.heure_exacte(fin)}"
    )


def _suites(r: Recepisse) -> list[dict[str, object]]:
    suites = [
        (_titre_de_la_suite(r), _remplacement(r)),
        (
            "À l’ouverture",
            "L’acheteur ouvre les réponses en séance. Elles restent scellées jusque-là.",
        ),
        ("Besoin d’aide", r.service.assistance),
    ]
    return [{"titre": titre, "texte": morceaux(typographier(texte))} for titre, texte in suites]


def _titre_de_la_suite(r: Recepisse) -> str:
    if r.depot.hors_delai:
        return "Après l’heure limite"
    limite = r.depot.date_limite
    return typographier(
        f"Jusqu’au {dates.jour(limite)} à {dates.heure(limite)}{dates.laquelle(limite)}"
    )


def _remplacement(r: Recepisse) -> str:
    """Marché : CCP, art. R. 2151-6. Concession : CE, 20 déc. 2021, n° 454801."""
    ou = f"sur {r.service.adresse_des_reponses}"
    if r.depot.hors_delai:
        return (
            "Votre réponse est reçue et reste scellée. L’acheteur décide de la suite. "
            f"Vous la retrouvez {ou}"
        )
    compte = "Seule la dernière reçue dans les délais compte."
    if r.est_une_concession:
        compte = "Chaque réponse reçue dans les délais sera proposée à l’ouverture."
    return f"Vous pouvez remplacer ou retirer votre réponse {ou}. {compte}"
