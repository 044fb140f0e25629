"""Relire chaque pli :
ses lignes disent-elles encore ce que le journal a retenu, ses octets sont-ils les mêmes ?
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from typing import Any

from beffroi.reponse.depots import recepisse
from beffroi.reponse.depots.models import AccuseDeReception, FichierScelle, Pli
from beffroi.reponse.depots.states import CYCLE_DU_PLI
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import objets_detruits
from beffroi.socle.journal.verification import Constat
from formats.pluriels import compter
from sceau.profile import part_sizes, root

# Un nom d'entreprise ou un titre peut changer après coup ; ce qui suit, jamais.
IMMUABLES = (
    "recepisse",
    "tour",
    "lots",
    "recu_le",
    "debut_transmission",
    "fin_transmission",
    "date_limite",
    "hors_delai",
    "remplace",
    "version_client",
    "enveloppes",
)


# L'état que chaque acte journalisé donne à un pli.
ETATS = {f"pli.{transition.acte}": str(transition.vers) for transition in CYCLE_DU_PLI}


def relire_les_plis() -> Iterator[Constat]:
    """Chaque pli, chaque récépissé, chaque fichier scellé."""
    nombre, fautes, detruits = 0, 0, objets_detruits()
    for pli in Pli.objects.select_related("accuse").order_by("pk").iterator(chunk_size=100):
        nombre += 1
        for faute in (*fautes_des_lignes(pli), *fautes_des_octets(pli, detruits)):
            fautes += 1
            yield faute
    orphelins = Ecriture.objects.filter(acte="pli.deposer").exclude(
        numero__in=Pli.objects.values("ecriture")
    )
    for ecriture in orphelins:
        fautes += 1
        yield Constat(
            "un dépôt inscrit au journal n'a plus de pli",
            bon=False,
            ou=f"écriture n° {ecriture.numero}",
        )
    if not fautes:
        yield Constat(
            f"{compter(nombre, 'pli')} : lignes, récépissés et octets conformes au journal",
            bon=True,
        )


def fautes_des_lignes(pli: Pli) -> Iterator[Constat]:
    """Le journal fait foi :
    le récépissé le répète à la lettre, les colonnes disent la même chose.
    """
    inscrites = Ecriture.objects.filter(sujet=pli.reference)
    ecriture = inscrites.filter(numero=pli.ecriture).first() if pli.ecriture is not None else None
    if ecriture is None:
        yield Constat("le pli n'est pas au journal", bon=False, ou=f"depots_pli, {pli.reference}")
        return
    if contenu_du_recepisse(pli) != ecriture.contenu:
        yield Constat(
            "le récépissé n'est plus celui du journal",
            bon=False,
            ou=f"depots_accusedereception, {pli.reference}",
        )
    yield from fautes_de_ce_qui_suit(pli, ecriture)
    retenu, present = json.loads(ecriture.contenu), recepisse.enregistrement(pli)
    for champ in IMMUABLES:
        if retenu.get(champ) != present.get(champ):
            yield Constat(
                f"« {champ} » diffère du journal", bon=False, ou=f"depots_pli, {pli.reference}"
            )
    if identifiants(retenu) != identifiants(present) or autre_equipe(retenu, present):
        yield Constat(
            "le déposant, l'acheteur ou la consultation diffère",
            bon=False,
            ou=f"depots_pli, {pli.reference}",
        )


def fautes_de_ce_qui_suit(pli: Pli, ecriture: Ecriture) -> Iterator[Constat]:
    """Ce que le contenu ne répète pas :
    les colonnes de l'écriture, l'état que les actes ont donné au pli, ses relectures.
    """
    auteur = pli.depose_par.acteur
    dit = (ecriture.acte, ecriture.organisme, ecriture.acteur_reference, ecriture.le)
    if dit != (pli.acte_du_depot, pli.organisme_du_journal, auteur.reference, pli.recu_le):
        yield Constat(
            "l'écriture ne dit plus qui, quoi, quand",
            bon=False,
            ou=f"journal_ecriture, n° {ecriture.numero}",
        )
    inscrits = list(Ecriture.objects.filter(sujet=pli.reference).order_by("numero"))
    suites = {acte.acte: acte for acte in inscrits}
    actes = [acte.acte for acte in inscrits if acte.acte in ETATS]
    # Contesté puis repris, un retrait garde l'heure du premier.
    retrait = next((acte.le for acte in inscrits if acte.acte == "pli.retirer"), None)
    if (pli.etat, pli.retire_le) != (ETATS[actes[-1]] if actes else str(Pli.Etat.DEPOSE), retrait):
        yield Constat(
            "l'état n'est pas celui que le journal lui connaît",
            bon=False,
            ou=f"depots_pli, {pli.reference}",
        )
    if hasattr(pli, "accuse") and pli.accuse.delivre_le != pli.recu_le:
        yield Constat(
            "l'heure de délivrance diffère",
            bon=False,
            ou=f"depots_accusedereception, {pli.reference}",
        )
    yield from fautes_des_empreintes_recalculees(pli, suites.get("pli.recalculer"))


def fautes_des_empreintes_recalculees(pli: Pli, recalcul: Ecriture | None) -> Iterator[Constat]:
    """Un SHA-256 recalculé est au journal, ou n'est pas."""
    donnees = json.loads(recalcul.contenu)["donnees"]["fichiers"] if recalcul else []
    inscrits = {(fichier["racine"], fichier["sha256"]) for fichier in donnees}
    for enveloppe in pli.enveloppes.select_related("manifeste"):
        for fichier in (*enveloppe.fichiers.all(), enveloppe.manifeste):
            connues = {*inscrits, (fichier.racine, fichier.sha256_declare)}
            if (
                fichier.sha256_recalcule
                and (fichier.racine, fichier.sha256_recalcule) not in connues
            ):
                yield Constat(
                    "l'empreinte recalculée n'est pas au journal",
                    bon=False,
                    ou=f"depots_fichierscelle, {fichier}",
                )


def contenu_du_recepisse(pli: Pli) -> str:
    try:
        return pli.accuse.contenu
    except AccuseDeReception.DoesNotExist:
        return ""


def identifiants(enregistrement: dict[str, Any]) -> tuple[str, str, str]:
    return (
        enregistrement["deposant"]["identifiant"],
        enregistrement["acheteur"]["siret"],
        enregistrement["consultation"]["reference"],
    )


def autre_equipe(retenu: dict[str, Any], present: dict[str, Any]) -> bool:
    """L'équipe décide qui remplace qui. Un récépissé d'avant les équipes ne la nomme pas."""
    dite = retenu["deposant"].get("equipe")
    return dite is not None and dite != present["deposant"]["equipe"]


def fautes_des_octets(pli: Pli, detruits: Collection[str] = ()) -> Iterator[Constat]:
    for enveloppe in pli.enveloppes.select_related("manifeste"):
        for fichier in (*enveloppe.fichiers.all(), enveloppe.manifeste):
            faute = "" if fichier.cle_de_stockage in detruits else faute_du_fichier(fichier)
            if faute:
                yield Constat(
                    faute,
                    bon=False,
                    ou=f"{pli.reference}, « {fichier.nom} » ({fichier.cle_de_stockage})",
                )


def faute_du_fichier(fichier: FichierScelle) -> str:
    """Relit les octets scellés une fois : parties, racine, empreinte entière.

    La première partie fausse est nommée.
    """
    notees = {partie.numero: partie.sha256 for partie in fichier.parties.all()}
    tout, condenses, fausses = hashlib.sha256(), [], []
    try:
        with stockage().lire(fichier.cle_de_stockage) as flux:
            for numero, taille in enumerate(part_sizes(fichier.taille), start=1):
                octets = flux.read(taille)
                tout.update(octets)
                condenses.append(hashlib.sha256(octets).digest())
                if notees.get(numero) != condenses[-1].hex():
                    fausses.append(numero)
            reste = flux.read(1)
    except (OSError, LookupError) as erreur:
        return f"le fichier scellé ne se lit plus ({type(erreur).__name__})"
    if fausses:
        return f"la partie {fausses[0]} a changé"
    if (
        reste
        or root(condenses).hex() != fichier.racine
        or tout.hexdigest() != fichier.sha256_declare
    ):
        return "le fichier scellé n'est plus celui du récépissé"
    return ""
