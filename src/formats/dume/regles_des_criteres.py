"""Nos règles sur les critères :
ceux qu'une demande contient toujours, et l'arbre des questions de chacun.
"""

from collections.abc import Iterator

from formats.dume.defaut import Defaut
from formats.dume.modele import Critere, Dume, Groupe, Propriete
from formats.dume.taxonomie import EXCLUSION, SELECTION, TOUJOURS, CritereConnu, par_code, par_uuid

REPRENEZ = "Reprenez le critère entier, tel que la demande le pose."


def des_criteres(dume: Dume) -> Iterator[Defaut]:
    presents = {critere.code for critere in dume.criteres}
    for code in TOUJOURS:
        if code not in presents:
            yield Defaut(
                champ=par_code()[code].nom,
                phrase="ce motif d'exclusion manque.",
                remede="Tout DUME le contient.",
                regle="BR-REQ-30",
            )
    yield from _des_lots(dume)
    for critere in dume.criteres:
        yield from _d_un_critere(critere)


def _des_lots(dume: Dume) -> Iterator[Defaut]:
    if dume.est_une_reponse and len(dume.lots) != 1:
        yield Defaut(
            champ="Lot",
            phrase=f"une réponse vise un lot, celle-ci en vise {len(dume.lots)}.",
            remede="Faites un DUME par lot, ou visez toute la procédure (LOT-0000).",
            regle="BR-LOT-10",
        )
    if not all(dume.lots):
        yield Defaut(
            champ="Lot", phrase="un lot n'a pas d'identifiant.", remede="Nommez-le.", regle="XSD"
        )


def _d_un_critere(critere: Critere) -> Iterator[Defaut]:
    connu = par_uuid().get(critere.uuid)
    nom = connu.nom if connu else critere.nom[:80] or critere.code[:40] or "Critère sans nom"
    if connu is None:
        yield Defaut(
            champ=nom,
            phrase="son identifiant manque, ou n'est pas de la liste européenne.",
            remede=REPRENEZ,
            regle="BR-TC-02-02",
        )
        return
    if critere.code != connu.code:
        yield Defaut(
            champ=nom,
            phrase=f"son code n'est pas « {connu.code} ».",
            remede=REPRENEZ,
            regle="BR-TC-04",
        )
    if not critere.nom:
        yield Defaut(champ=nom, phrase="son nom manque.", remede=REPRENEZ, regle="BR-TC-05")
    if not critere.description:
        yield Defaut(champ=nom, phrase="sa description manque.", remede=REPRENEZ, regle="BR-TC-06")
    yield from _du_lot(critere, connu)
    yield from _des_groupes(nom, critere.groupes, connu.groupes)


def _du_lot(critere: Critere, connu: CritereConnu) -> Iterator[Defaut]:
    if connu.famille == SELECTION and not (critere.lots and all(critere.lots)):
        yield Defaut(
            champ=connu.nom,
            phrase="il ne dit pas pour quel lot.",
            remede="Nommez le lot.",
            regle="BR-LOT-41",
        )
    if connu.famille == EXCLUSION and critere.lots:
        yield Defaut(
            champ=connu.nom,
            phrase="un motif d'exclusion ne se limite pas à un lot.",
            remede="Ôtez le lot.",
            regle="BR-LOT-40",
        )


def _des_groupes(
    nom: str, lus: tuple[Groupe, ...], attendus: tuple[Groupe, ...]
) -> Iterator[Defaut]:
    """Chaque groupe attendu est là, sous sa condition, avec ses questions ;
    un groupe de plus n'est pas d'ici.
    """
    trouves = {groupe.id: groupe for groupe in lus}
    for attendu in attendus:
        lu = trouves.get(attendu.id)
        if lu is None:
            yield Defaut(
                champ=nom,
                phrase=f"ses questions « {attendu.id} » manquent.",
                remede=REPRENEZ,
                regle="BR-TC-07",
            )
            continue
        if lu.condition != attendu.condition:
            yield Defaut(
                champ=nom,
                phrase=f"la condition de « {attendu.id} » n'est pas « {attendu.condition} ».",
                remede=REPRENEZ,
                regle="BR-TC-15",
            )
        yield from _des_proprietes(nom, lu.proprietes, attendu.proprietes)
        yield from _des_groupes(nom, lu.groupes, attendu.groupes)
    for identifiant in sorted(set(trouves) - {attendu.id for attendu in attendus}):
        yield Defaut(
            champ=nom,
            phrase=f"« {identifiant[:80]} » n'est pas de ce critère.",
            remede=REPRENEZ,
            regle="BR-TC-13",
        )


def _des_proprietes(
    nom: str, lues: tuple[Propriete, ...], attendues: tuple[Propriete, ...]
) -> Iterator[Defaut]:
    trouvees = {propriete.id: propriete for propriete in lues}
    for attendue in attendues:
        lue = trouvees.get(attendue.id)
        if lue is None:
            yield Defaut(
                champ=nom,
                phrase=f"« {attendue.libelle} » manque ({attendue.id}).",
                remede=REPRENEZ,
                regle="BR-TC-16",
            )
        elif (lue.sorte, lue.type) != (attendue.sorte, attendue.type):
            yield Defaut(
                champ=nom,
                phrase=f"« {attendue.libelle} » n'est pas du type {attendue.type} ({attendue.id}).",
                remede=REPRENEZ,
                regle="BR-TC-21-03",
            )
        elif not lue.est_libellee:
            yield Defaut(
                champ=nom,
                phrase=f"{attendue.id} n'a pas de libellé.",
                remede=REPRENEZ,
                regle="BR-TC-19",
            )
