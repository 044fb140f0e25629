"""Le juge, à la fin : ce qui a été acquitté est là, une fois, et le registre se relit."""

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

import psycopg

from sceau import log, receipt
from sceau.verdict import Verdict
from tests.pannes.acharnement.acteurs import Lecteur
from tests.pannes.acharnement.monde import Monde
from tests.pannes.acharnement.parole import montrer
from tests.pannes.acharnement.registre import Registre
from tests.pannes.acharnement.tueur import Tueur

PLIS = """
    SELECT pli.reference, pli.etat, remplace.reference
    FROM depots_pli AS pli
    JOIN entreprises_equipe AS equipe ON equipe.id = pli.equipe_id
    JOIN consultations_consultation AS achat ON achat.id = pli.consultation_id
    LEFT JOIN depots_pli AS remplace ON remplace.id = pli.remplace_id
    WHERE equipe.identifiant = %s AND achat.reference = %s
    ORDER BY pli.recu_le, pli.id
"""
AU_JOURNAL = "SELECT sujet FROM journal_ecriture WHERE acte = 'pli.deposer'"
OUVERTES = """
    SELECT contenu::json -> 'donnees' ->> 'pli', contenu::json -> 'donnees' ->> 'sorte'
    FROM journal_ecriture WHERE acte = 'enveloppe.ouverte' AND sujet = %s
"""
# Ce que la plateforme ou son frontal n'ont pas le droit de répondre, quoi qui meure.
PANNES = {500, 501, 502, 504}
RELECTURES = 3
# Ce qu'un lecteur peut voir : la page, l'heure de revenir, une liaison coupée.
ADMISES = {(200, ""), (503, "5")}


def fautes(monde: Monde, registre: Registre, lecteur: Lecteur) -> list[str]:
    """Tout ce que l'on reproche à la plateforme ; rien, si elle a tenu."""
    trouvees = fautes_des_depots(monde, registre)
    trouvees += [f"{faux} ne se vérifie pas" for faux in recepisses_faux(monde, registre)]
    trouvees += [f"{fois} réponses {statut}" for statut, fois in pannes_repondues(monde).items()]
    trouvees += [
        f"{fois} pages {lue}"
        for lue, fois in lecteur.statuts().items()
        if lue[0] and lue not in ADMISES
    ]
    reproche = relire_le_registre(monde)
    return trouvees + [reproche] * bool(reproche)


def dire(
    monde: Monde,
    registre: Registre,
    lecteur: Lecteur,
    tueur: Tueur | None = None,
    *,
    refus_de_la_seance: Sequence[str] = (),
) -> None:
    """Les chiffres, pour qui les recopie (`-s`)."""
    if tueur:
        montrer(tueur.tableau())
    montrer(f"{len(registre.acquittes)} acquittés en {registre.essais} commandes")
    montrer(f"{len(lecteur.lectures)} lectures : {dict(lecteur.statuts())}")
    for phrase, fois in registre.phrases.most_common():
        montrer(f"{fois} fois : {phrase}")
    for refus, fois in Counter(refus_de_la_seance).most_common(20):
        montrer(f"{fois} fois, en séance : {refus}")


def lire(monde: Monde, requete: str, *valeurs: Any) -> list[Any]:
    with psycopg.connect(monde.base) as base:
        return base.execute(requete, valeurs).fetchall()


def fautes_des_depots(monde: Monde, registre: Registre) -> list[str]:
    """Perdu, doublé, absent du registre, ou remplacé par un autre que le suivant."""
    inscrits = Counter(sujet for (sujet,) in lire(monde, AU_JOURNAL))
    fautes = [f"abandonné : {abandon}" for abandon in registre.abandons]
    for entreprise in monde.scene["jetons"]:
        acquittes = registre.de(entreprise)
        plis = lire(monde, PLIS, entreprise, monde.scene["consultation"])
        attendus = [
            (reference, avant)
            for avant, reference in zip([None, *acquittes], acquittes)  # noqa: B905
        ]
        tenus = [(reference, avant) for reference, _, avant in plis]
        if tenus != attendus:
            fautes.append(f"{entreprise} : acquittés {attendus}, en base {tenus}")
        etats = [etat for _, etat, _ in plis]
        if etats != ["remplace"] * (len(plis) - 1) + ["depose"]:
            fautes.append(f"{entreprise} : états {etats}")
        fautes += [
            f"{reference} : {inscrits[reference]} fois au registre"
            for reference in acquittes
            if inscrits[reference] != 1
        ]
    return fautes


def recepisses_faux(monde: Monde, registre: Registre) -> list[str]:
    """Ceux qui ne se vérifient pas hors ligne, sans la plateforme."""
    cles = [log.Verifier(monde.scene["cle_du_registre"])]
    return [
        un.reference
        for un in registre.acquittes
        if receipt.verdict(receipt.verify(io.BytesIO(un.archive), log_keys=cles))
        is not Verdict.INTACT
    ]


def ouvertures(monde: Monde) -> Counter[Any]:
    """Chaque enveloppe que le registre dit ouverte, et combien de fois."""
    return Counter(lire(monde, OUVERTES, monde.scene["seance"]))


def pannes_repondues(monde: Monde) -> Counter[int]:
    return Counter(demande["statut"] for demande in monde.demandes() if demande["statut"] in PANNES)


def relire_le_registre(monde: Monde) -> str:
    """Tout le registre et chaque pli, du dossier d'un nœud ; ce qu'il reproche, ou rien.

    Ce qui n'a pas pu être lu se relit, comme la commande le dit ; ce qui est faux, jamais.
    """
    for _ in range(RELECTURES):
        relu = monde.noeuds[0].commande("verifier", "--journal", str(monde.noeuds[0].dossier))
        montrer(relu.stdout + relu.stderr)
        if relu.returncode != Verdict.UNREADABLE:
            break
    return "" if relu.returncode == Verdict.INTACT else relu.stdout + relu.stderr
