"""Ce que l'on tape : les commandes de l'exploitant, les outils de qui écrit la plateforme."""
