"""Le processus qui tient Saxon :
une demande par ligne sur l'entrée, une réponse par ligne sur la sortie, en JSON.

Saxon n'aime pas les fils multiples et sa machine ne rend pas sa mémoire :
il vit à part, et meurt avec qui l'a lancé.
"""

import base64
import json
import sys

from saxonche import PySaxonApiError, PySaxonProcessor, PyXsltExecutable


def principal(feuilles_gardees: int) -> None:
    processeur = PySaxonProcessor(license=False)
    compilees: dict[str, PyXsltExecutable] = {}
    for ligne in sys.stdin:
        demande = json.loads(ligne)
        if demande["feuille"] not in compilees and len(compilees) >= feuilles_gardees:
            del compilees[next(iter(compilees))]
        try:
            reponse = {
                "rapport": _executer(processeur, compilees, demande["feuille"], demande["document"])
            }
        except (PySaxonApiError, ValueError) as erreur:
            reponse = {"erreur": str(erreur).strip()}
        sys.stdout.write(json.dumps(reponse) + "\n")
        sys.stdout.flush()


def _executer(
    processeur: PySaxonProcessor,
    compilees: dict[str, PyXsltExecutable],
    feuille: str,
    document: str,
) -> str:
    if feuille not in compilees:
        compilees[feuille] = processeur.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=feuille
        )
    noeud = processeur.parse_xml(xml_text=base64.b64decode(document).decode("utf-8"))
    return str(compilees[feuille].transform_to_string(xdm_node=noeud))


if __name__ == "__main__":
    principal(int(sys.argv[1]))
