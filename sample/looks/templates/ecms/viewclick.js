document.write('35');
