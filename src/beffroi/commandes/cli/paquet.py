"""Vérifier un paquet d'archives (SEDA) :
le même contrôle que `seda verifier`, et le journal qu'il porte.
"""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from beffroi.commandes.cli import confiance, normes_dossier
from beffroi.commandes.cli.constats import Constat
from beffroi.commandes.cli.fichiers import empreinte_de, fichier_lisible
from beffroi.commandes.cli.restitution import constat_de
from beffroi.garde.restitution import forme, lecture
from formats.phrases_du_sceau import en_francais
from formats.seda import Archive, Bordereau, PaquetIllisible, lire, verifier
from sceau import SealError
from sceau.segment import Segment

CLE = "journal.vkey"
DEFAUTS_DITS = 20


def est_un_paquet(chemin: Path) -> bool:
    with fichier_lisible(chemin) as flux:
        try:
            return bool(Archive(flux).bordereau())
        except PaquetIllisible:
            return False


def verifier_un_paquet(chemin: Path, options: Namespace) -> Iterator[Constat]:
    """Le bordereau n'est signé par personne :
    ce qui prouve, c'est le journal qu'il porte, relu sous la clé du registre.
    """
    yield Constat(f"paquet d'archives {chemin}", bon=None)
    with fichier_lisible(chemin) as flux:
        rapport = verifier(flux, normes=normes_dossier.indique(options))
        for controle in rapport.controles:
            yield Constat(controle.nom, bon=not controle.erreurs)
            yield from (
                Constat(str(defaut), bon=False) for defaut in controle.erreurs[:DEFAUTS_DITS]
            )
        yield from (Constat("pas vérifié", bon=None, detail=dit) for dit in rapport.non_faits)
        if rapport.est_bon:
            yield from verifier_le_journal(Archive(flux), options)


def verifier_le_journal(archive: Archive, options: Namespace) -> Iterator[Constat]:
    """Chaque écriture sous une tête signée, chaque jeton ;
    puis chaque fichier donné, cherché dans ces écritures.
    """
    quoi, connu = lecture.DU_SEGMENT["entries"], confiance.lire(options)
    cles, noms = connu.cles, preuves_de(lire(archive.bordereau()))
    if forme.JOURNAL not in noms:
        yield Constat(
            quoi,
            bon=False if options.fichiers else None,
            detail="ce paquet ne porte pas de journal",
        )
        return
    if not cles:
        cles = (
            [confiance.cle_du_registre(b"".join(archive.blocs(noms[CLE])).decode())]
            if CLE in noms
            else []
        )
        dit = (
            "une clé vient du paquet lui-même : donnez celle que vous connaissez pour ne "
            "rien devoir croire"
        )
        yield Constat(dit, bon=None, detail=CLE)
    segment = Segment(log_keys=cles, qualified_roots=connu.racines)
    try:
        lecture.lire_le_segment(segment, noms, archive.blocs, autorites=connu.autorites)
    except (PaquetIllisible, SealError, ValueError, LookupError) as refus:
        yield Constat(quoi, bon=False, detail=en_francais(refus))
    yield from (constat_de(controle, connu) for controle in lecture.du_segment(segment))
    for fichier in options.fichiers:
        y_est = empreinte_de(fichier) in segment.digests
        yield Constat(
            "fichier",
            bon=y_est,
            detail=f"{fichier.name} est{'' if y_est else ' inconnu'} dans ces écritures",
        )


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
