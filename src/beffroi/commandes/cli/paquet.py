"""Vérifier un paquet d'archives (SEDA) :
le même contrôle que `seda verifier`, et le journal qu'il porte.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from beffroi.commandes.cli import confiance
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.demande import Demande
from beffroi.commandes.cli.fichiers import empreinte_de, fichier_lisible
from beffroi.commandes.cli.remis import PAQUET
from beffroi.commandes.cli.restitution import constat_de
from beffroi.garde.restitution import forme, lecture
from formats.phrases_du_sceau import en_francais
from formats.seda import Archive, Bordereau, PaquetIllisible, lire, verifier
from sceau import SealError, handover
from sceau.segment import Segment

CLE, BORDEREAU = "journal.vkey", "manifest.xml"
DEFAUTS_DITS = 20
SANS_JOURNAL = (
    "Ce paquet s'accorde avec lui-même. Il ne porte pas de journal : rien ne dit d'où il vient. "
    "Demandez à la plateforme un paquet établi après la publication."
)
BORDEREAU_SEUL = (
    "Les fichiers et les titres de ce paquet sont ceux de son bordereau, que personne n'a signé. "
    "Pour les établir : l'archive de restitution de l'organisme, qui les date, ou --journal "
    "DOSSIER, où l'empreinte de ce paquet est inscrite."
)


def est_un_paquet(chemin: Path) -> bool:
    with fichier_lisible(chemin) as flux:
        try:
            return bool(Archive(flux).bordereau())
        except PaquetIllisible:
            return False


def verifier_un_paquet(chemin: Path, demande: Demande) -> Iterator[Constat]:
    """Le bordereau n'est signé par personne :
    ce qui prouve, c'est le journal qu'il porte, relu sous la clé du registre.
    """
    yield Constat(f"paquet d'archives {chemin}", bon=None)
    with fichier_lisible(chemin) as flux:
        rapport = verifier(flux, normes=demande.normes)
        for controle in rapport.controles:
            yield Constat(controle.nom, bon=not controle.erreurs)
            yield from (
                Constat(str(defaut), bon=False) for defaut in controle.erreurs[:DEFAUTS_DITS]
            )
        yield from (Constat("pas vérifié", bon=None, detail=dit) for dit in rapport.non_faits)
        if rapport.est_bon:
            inscrit = demande.paquet_inscrit(empreinte_de(chemin))
            yield from verifier_le_journal(Archive(flux), demande, inscrit)


def verifier_le_journal(
    archive: Archive, demande: Demande, inscrit: int | None
) -> Iterator[Constat]:
    """Chaque écriture sous une tête signée, chaque jeton ; puis les fichiers, cherchés dans ces
    écritures : ceux du paquet, que rien d'autre ne prouve, et ceux que l'on donne.

    `inscrit` : l'écriture qui tient l'empreinte du paquet entier, si le registre se lit ici.
    """
    quoi, bordereau = lecture.DU_SEGMENT["entries"], lire(archive.bordereau())
    noms = preuves_de(bordereau)
    if forme.JOURNAL not in noms:
        dit = "ce paquet ne porte pas de journal"
        yield Constat(quoi, bon=None, detail=dit, manque=SANS_JOURNAL)
        return
    jointe = b"".join(archive.blocs(noms[CLE])).decode() if CLE in noms else ""
    connu = demande.connu.pour_le_registre(jointe)
    siennes = connu.cles or ([confiance.cle_du_registre(jointe)] if jointe else [])
    if not connu.cles:
        yield PAQUET.cle_a_lui(CLE, manque=PAQUET.sans_cle)
    segment = Segment(log_keys=siennes, qualified_roots=connu.racines)
    try:
        cles = handover.follow(siennes, lecture.releves_jointes(noms, archive.blocs))
        segment = Segment(log_keys=cles, qualified_roots=connu.racines)
        lecture.lire_le_segment(segment, noms, archive.blocs, autorites=connu.autorites)
    except (PaquetIllisible, SealError, ValueError, LookupError) as refus:
        yield Constat(quoi, bon=False, detail=en_francais(refus))
    yield from (constat_de(controle, connu) for controle in lecture.du_segment(segment))
    if inscrit is not None:
        quoi = "l'empreinte de ce paquet est au registre"
        yield Constat(quoi, bon=True, detail=f"écriture n° {inscrit}")
    else:
        yield ceux_que_le_journal_nomme(archive, [*noms.values()], segment)
    for fichier in demande.fichiers:
        y_est = empreinte_de(fichier) in segment.digests
        yield Constat(
            "fichier",
            bon=y_est,
            detail=f"{fichier.name} est{'' if y_est else ' inconnu'} dans ces écritures",
        )


def ceux_que_le_journal_nomme(
    archive: Archive, preuves: Sequence[str], segment: Segment
) -> Constat:
    """Personne ne signe le bordereau : de ses titres, et d'un fichier que nulle écriture ne nomme,
    rien n'est établi.
    """
    autres = archive.noms.keys() - {BORDEREAU, *preuves}
    nommes = sum(sha256_de(archive, nom) in segment.digests for nom in autres)
    return Constat(
        "les fichiers que le journal nomme",
        bon=None,
        detail=f"{nommes} sur {len(autres)} ; le reste, et les titres, ne tient qu'au bordereau",
        manque=BORDEREAU_SEUL,
    )


def sha256_de(archive: Archive, nom: str) -> str:
    condense = hashlib.sha256()
    for bloc in archive.blocs(nom):
        condense.update(bloc)
    return condense.hexdigest()


def preuves_de(bordereau: Bordereau) -> dict[str, str]:
    """Où sont les fichiers qui prouvent, par leur nom ;
    celui d'une entreprise peut porter le même, sous une autre sorte.
    """
    groupes = {
        nom
        for unite in bordereau.toutes_les_unites()
        if unite.sorte == forme.PREUVES
        for nom in unite.groupes
    }
    return {
        objet.nom: objet.uri
        for groupe in bordereau.groupes
        if groupe.id in groupes
        for objet in groupe.objets
    }
